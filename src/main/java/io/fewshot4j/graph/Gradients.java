package io.fewshot4j.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** Reverse-mode differentiation inside the graph: the result is made of values and can be differentiated again. */
public final class Gradients {
    private Gradients() {}

    /**
     * d loss / d each of {@code wrt}, in order and of their shapes; zeros where the loss does not depend on one.
     *
     * @throws IllegalArgumentException if the loss is no scalar, or {@code wrt} holds a product or a repeated row:
     *     {@link Ops} looks through those, so that the loss may be made of what is behind them
     */
    public static List<Value> of(Value loss, List<Value> wrt) {
        wrt.forEach(Gradients::requireOpaque);
        if (!loss.shape().isScalar()) {
            throw new IllegalArgumentException("a loss must be 1x1, got " + loss.shape());
        }
        Set<Value> dependent = dependent(loss, wrt);
        Map<Value, Value> upstream = new HashMap<>();
        upstream.put(loss, loss.graph().filled(1, 1, 1));
        PriorityQueue<Value> ready =
                new PriorityQueue<>(Comparator.comparingInt(Value::id).reversed());
        ready.add(loss);
        while (!ready.isEmpty()) {
            Value value = ready.remove();
            if (value.inputs().stream().noneMatch(dependent::contains)) {
                continue;
            }
            List<Optional<Value>> parts = value.op().gradient(value, Lookup.in(upstream, value));
            for (int i = 0; i < parts.size(); i++) {
                Value input = value.input(i);
                if (parts.get(i).isEmpty() || !dependent.contains(input)) {
                    continue;
                }
                Value part = parts.get(i).orElseThrow();
                if (upstream.merge(input, part, (a, b) -> Ops.add(a, b)) == part) {
                    ready.add(input);
                }
            }
        }
        List<Value> result = new ArrayList<>();
        for (Value value : wrt) {
            Value gradient = upstream.get(value);
            result.add(gradient == null ? value.graph().filled(value.rows(), value.columns(), 0) : gradient);
        }
        return result;
    }

    /** Gradients by name, in the order of {@code wrt}. */
    public static Map<String, Value> of(Value loss, Map<String, Value> wrt) {
        Iterator<Value> gradients = of(loss, List.copyOf(wrt.values())).iterator();
        Map<String, Value> byName = new LinkedHashMap<>();
        wrt.keySet().forEach(name -> byName.put(name, gradients.next()));
        return byName;
    }

    private static void requireOpaque(Value value) {
        Op op = value.op();
        if (op instanceof Scale || op instanceof Shaping.Broadcast || op == Elementwise.MULTIPLY) {
            throw new IllegalArgumentException("gradients must be by inputs, sums or differences, got " + value);
        }
    }

    /** The values between {@code wrt} (included) and the loss. */
    private static Set<Value> dependent(Value loss, Collection<Value> wrt) {
        Set<Value> result = new HashSet<>(wrt);
        for (Value value : Topology.ordered(List.of(loss))) {
            if (value.inputs().stream().anyMatch(result::contains)) {
                result.add(value);
            }
        }
        return result;
    }
}
