package io.fewshot4j.nn;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;
import java.util.Map;

/**
 * A fully connected layer.
 *
 * @param name begins its arrays' names: {@code NAME.weight}, {@code NAME.bias}
 */
public record DenseLayer(String name, int in, int out) {
    /** Weights [in, out] and bias [out]. */
    public ParameterLayout layout() {
        return ParameterLayout.none()
                .with(Role.DENSE, name + ".weight", in, out)
                .with(Role.BIAS, name + ".bias", out);
    }

    /** [rows, out] of {@code x} [rows, in]. */
    public Value forward(Map<String, Value> weights, Value x) {
        return Ops.add(Ops.matmul(x, Lookup.in(weights, name + ".weight")), Lookup.in(weights, name + ".bias"));
    }
}
