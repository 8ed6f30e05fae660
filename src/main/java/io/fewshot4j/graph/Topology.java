package io.fewshot4j.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Values in an order in which inputs come before what is made of them. */
final class Topology {
    private Topology() {}

    /** The values and all that they need, inputs first. */
    static List<Value> ordered(Collection<Value> outputs) {
        Set<Value> seen = new HashSet<>(outputs);
        Deque<Value> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Value input : open.remove().inputs()) {
                if (seen.add(input)) {
                    open.add(input);
                }
            }
        }
        return seen.stream().sorted(Comparator.comparingInt(Value::id)).toList();
    }
}
