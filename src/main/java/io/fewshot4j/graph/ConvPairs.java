package io.fewshot4j.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds input and weight gradients that share dy, so that one native call computes both. Neither of a pair may stand on
 * the other.
 */
final class ConvPairs {
    private record Key(ConvGeometry geometry, Value dy) {}

    private final Map<Value, Value> partners = new HashMap<>();

    ConvPairs(List<Value> ordered) {
        Map<Key, List<Value>> open = new HashMap<>();
        for (Value value : ordered) {
            if (value.op() instanceof Convolution.WeightGradient op) {
                open.computeIfAbsent(new Key(op.geometry(), value.input(1)), key -> new ArrayList<>())
                        .add(value);
            }
        }
        for (Value value : ordered) {
            if (value.op() instanceof Convolution.InputGradient op) {
                List<Value> candidates = open.getOrDefault(new Key(op.geometry(), value.input(1)), List.of());
                candidates.stream()
                        .filter(candidate -> !needs(value, candidate) && !needs(candidate, value))
                        .findFirst()
                        .ifPresent(candidate -> {
                            candidates.remove(candidate);
                            partners.put(value, candidate);
                            partners.put(candidate, value);
                        });
            }
        }
    }

    Optional<Value> partner(Value value) {
        return Optional.ofNullable(partners.get(value));
    }

    /** The inputs that must be there before {@code value}, its partner's included. */
    List<Value> inputs(Value value) {
        List<Value> all = new ArrayList<>(value.inputs());
        partner(value).ifPresent(other -> all.addAll(other.inputs()));
        return all;
    }

    /** Whether {@code value} stands on {@code other}, directly or through pairs made before. */
    private boolean needs(Value value, Value other) {
        Set<Value> seen = new HashSet<>();
        Deque<Value> open = new ArrayDeque<>(value.inputs());
        while (!open.isEmpty()) {
            Value next = open.remove();
            if (next == other) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(inputs(next));
            }
        }
        return false;
    }
}
