package io.fewshot4j.nn;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;
import java.util.Map;

/**
 * Batch normalisation with a bias (beta) and, where {@code gain} says so, a gain (gamma).
 *
 * @param number ends its arrays' names: number 0 has {@code bn0.bias}, {@code bn0.weight}, {@code bn0.mean},
 *     {@code bn0.variance}
 * @param epsilon added to variances
 */
public record NormLayer(int number, int channels, boolean gain, double epsilon) {
    private String name(String part) {
        return "bn" + number + "." + part;
    }

    /** Gain and bias, [channels] each. */
    public ParameterLayout layout() {
        ParameterLayout scale =
                gain ? ParameterLayout.none().with(Role.NORM_SCALE, name("weight"), channels) : ParameterLayout.none();
        return scale.with(Role.NORM_SHIFT, name("bias"), channels);
    }

    /** Running mean and variance, [channels] each. */
    public ParameterLayout statisticsLayout() {
        return ParameterLayout.none()
                .with(Role.NORM_SHIFT, name("mean"), channels)
                .with(Role.NORM_SCALE, name("variance"), channels);
    }

    /** {@code x} [rows, channels] normalised in each column, times the gain, plus the bias. */
    public Value forward(Map<String, Value> weights, Value x, BatchNorm norm) {
        Value normal = norm.normalize(number, x, epsilon);
        Value scaled = gain ? Ops.multiply(normal, Lookup.in(weights, name("weight"))) : normal;
        return Ops.add(scaled, Lookup.in(weights, name("bias")));
    }
}
