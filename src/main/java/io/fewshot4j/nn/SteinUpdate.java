package io.fewshot4j.nn;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stein variational gradient descent, <a href="https://arxiv.org/abs/1608.04471">Liu and Wang 2016</a>: particles go
 * down an energy, minus the logarithm of a density, and away from each other, so that together they stand for the
 * density.
 *
 * <p>The kernel of two particles' weights is exp(-|a - b|^2 / h). The bandwidth h is the mean of the squared distances
 * between particles over the logarithm of their number. A mean instead of the usual median has a derivative everywhere,
 * and gradients go through it. One particle makes plain gradient descent.
 *
 * @param rate a scalar
 */
public record SteinUpdate(Value rate) {
    /** Added to a mean squared distance: particles that are all equal do not push each other. */
    private static final double EPSILON = 1e-12;

    /** A scalar that a particle's weights have. */
    @FunctionalInterface
    public interface Energy {
        Value of(Map<String, Value> weights);
    }

    /** The particles before the first step and after each of {@code steps}. */
    public List<List<Map<String, Value>>> unroll(List<Map<String, Value>> particles, int steps, Energy energy) {
        List<List<Map<String, Value>>> trajectory = new ArrayList<>(List.of(particles));
        for (int step = 0; step < steps; step++) {
            trajectory.add(step(trajectory.get(step), energy));
        }
        return trajectory;
    }

    /** The particles after {@code steps} steps. */
    public List<Map<String, Value>> last(List<Map<String, Value>> particles, int steps, Energy energy) {
        return unroll(particles, steps, energy).get(steps);
    }

    private List<Map<String, Value>> step(List<Map<String, Value>> particles, Energy energy) {
        int count = particles.size();
        List<Value> weights = values(particles).toList();
        Value all = particles.stream()
                .map(energy::of)
                .reduce((a, b) -> Ops.add(a, b))
                .orElseThrow();
        Value stacked = stacked(weights, count);
        Value down = descent(stacked, stacked(Gradients.of(all, weights), count));
        Value next = Ops.subtract(stacked, Ops.multiply(down, rate));
        return IntStream.range(0, count)
                .mapToObj(i -> named(particles.get(i), Blocks.rows(next, i, i + 1)))
                .toList();
    }

    private static Stream<Value> values(List<Map<String, Value>> particles) {
        return particles.stream().flatMap(particle -> particle.values().stream());
    }

    /** Step that is taken from particles [particles, weights] at rate 1, by the gradients of their energies. */
    public static Value descent(Value particles, Value gradients) {
        int count = particles.rows();
        if (count == 1) {
            return gradients;
        }
        // the mean cancels in all that follows; without it products of rows lose less to rounding
        Value centred = Ops.subtract(particles, Ops.scale(Ops.columnSum(particles), 1.0 / count));
        Value distances = Distances.squaredEuclidean(centred, centred);
        Value inverseBandwidth = inverseBandwidth(distances);
        Value kernel = Functions.exp(Ops.scale(Ops.multiply(distances, inverseBandwidth), -1));
        Value away = Ops.subtract(Ops.multiply(centred, Ops.rowSum(kernel)), Ops.matmul(kernel, centred));
        Value repulsion = Ops.multiply(away, Ops.scale(inverseBandwidth, 2));
        return Ops.scale(Ops.subtract(Ops.matmul(kernel, gradients), repulsion), 1.0 / count);
    }

    private static Value inverseBandwidth(Value distances) {
        int count = distances.rows();
        Value mean = Ops.scale(Ops.sum(distances), 1.0 / (count * (count - 1)));
        Value apart = Ops.add(mean, distances.graph().filled(1, 1, EPSILON));
        return Ops.scale(Ops.power(apart, -1), Math.log(count));
    }

    /** A row of each particle's weights, one after another. */
    private static Value stacked(List<Value> values, int count) {
        int each = values.size() / count;
        List<Value> rows = IntStream.range(0, count)
                .mapToObj(i -> values.subList(i * each, (i + 1) * each))
                .map(ofOne -> Blocks.concatenateColumns(ofOne.stream()
                        .map(value -> Ops.reshape(value, 1, value.rows() * value.columns()))
                        .toList()))
                .toList();
        return Blocks.concatenateRows(rows);
    }

    /** The parts of a row by the names and of the shapes of {@code like}. */
    private static Map<String, Value> named(Map<String, Value> like, Value row) {
        Map<String, Value> weights = new LinkedHashMap<>();
        int from = 0;
        for (Map.Entry<String, Value> entry : like.entrySet()) {
            Value old = entry.getValue();
            int to = from + old.rows() * old.columns();
            weights.put(entry.getKey(), Ops.reshape(Blocks.columns(row, from, to), old.rows(), old.columns()));
            from = to;
        }
        return weights;
    }

    /** The sum over particles of the squared distance from each to its leader, which stays where it is. */
    public static Value chaserLoss(List<Map<String, Value>> chasers, List<Map<String, Value>> leaders) {
        Value way = Ops.subtract(
                stacked(values(chasers).toList(), chasers.size()),
                Ops.detach(stacked(values(leaders).toList(), leaders.size())));
        return Ops.sum(Ops.multiply(way, way));
    }
}
