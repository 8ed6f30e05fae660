package io.fewshot4j.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names and shapes of the arrays that lie one after another in a flat vector. */
public record ParameterLayout(List<Entry> entries) {
    public ParameterLayout {
        entries = List.copyOf(entries);
    }

    /** One named array. */
    public record Entry(String name, List<Long> shape) {
        public Entry {
            shape = List.copyOf(shape);
        }

        /** The product of the shape; 1 for a scalar. */
        public long length() {
            return shape.stream().reduce(1L, (a, b) -> a * b);
        }
    }

    /** An empty layout. */
    public static ParameterLayout none() {
        return new ParameterLayout(List.of());
    }

    /** This layout with one more array at its end. */
    public ParameterLayout with(String name, long... shape) {
        List<Entry> all = new ArrayList<>(entries);
        List<Long> dimensions = new ArrayList<>();
        for (long dimension : shape) {
            dimensions.add(dimension);
        }
        all.add(new Entry(name, dimensions));
        return new ParameterLayout(all);
    }

    /** This layout with another one's arrays at its end. */
    public ParameterLayout with(ParameterLayout other) {
        return new ParameterLayout(
                Stream.concat(entries.stream(), other.entries.stream()).toList());
    }

    /** The length of the flat vector. */
    public long length() {
        return entries.stream().mapToLong(Entry::length).sum();
    }
}
