package io.fewshot4j.tensor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Names, shapes and roles of the arrays that lie one after another in a flat vector. */
public record ParameterLayout(List<Entry> entries) implements Serializable {
    public ParameterLayout {
        entries = List.copyOf(entries);
    }

    /** One named array. */
    public record Entry(String name, List<Long> shape, Role role) implements Serializable {
        public Entry {
            shape = List.copyOf(shape);
        }

        /** An array of this shape and role under another name. */
        public Entry named(String other) {
            return new Entry(other, shape, role);
        }

        /** The shape as ND4J takes it. */
        public long[] dimensions() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }

        /** The product of the shape, or the largest long where it is larger; 1 for a scalar. */
        public long length() {
            return shape.stream()
                    .reduce(1L, (a, b) -> Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE);
        }
    }

    /** An empty layout. */
    public static ParameterLayout none() {
        return new ParameterLayout(List.of());
    }

    /** This layout with one more array, of no special role, at its end. */
    public ParameterLayout with(String name, long... shape) {
        return with(Role.OTHER, name, shape);
    }

    /** This layout with one more array at its end. */
    public ParameterLayout with(Role role, String name, long... shape) {
        return with(new Entry(name, Arrays.stream(shape).boxed().toList(), role));
    }

    /** This layout with one more array at its end. */
    public ParameterLayout with(Entry entry) {
        return with(new ParameterLayout(List.of(entry)));
    }

    /** This layout with another one's arrays at its end. */
    public ParameterLayout with(ParameterLayout other) {
        return new ParameterLayout(
                Stream.concat(entries.stream(), other.entries.stream()).toList());
    }

    /** Arrays that are chosen, in order. */
    public ParameterLayout only(Predicate<Entry> chosen) {
        return new ParameterLayout(entries.stream().filter(chosen).toList());
    }

    /** The shape of each array by its name, in order. */
    public Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        entries.forEach(entry -> shapes.put(entry.name(), entry.shape()));
        return shapes;
    }

    /**
     * Whether the flat vectors are interchangeable: the same names and shapes in the same order, whatever their roles.
     */
    public boolean isLike(ParameterLayout other) {
        return List.copyOf(shapes().entrySet())
                .equals(List.copyOf(other.shapes().entrySet()));
    }

    /** The length of the flat vector, or the largest long where it is larger. */
    public long length() {
        return entries.stream().mapToLong(Entry::length).reduce(0, (a, b) -> a + b >= 0 ? a + b : Long.MAX_VALUE);
    }
}
