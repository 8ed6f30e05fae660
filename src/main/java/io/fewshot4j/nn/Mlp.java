package io.fewshot4j.nn;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Role;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A multi-layer perceptron: fully connected layers with ReLU between them, linear at the end.
 *
 * @param name what the layers' parameters begin with: layer 0 of "fc" has {@code fc0.weight} and {@code fc0.bias}
 * @param widths entries of the input, of each hidden layer and of the output
 */
public record Mlp(String name, List<Integer> widths) {
    public Mlp {
        widths = List.copyOf(widths);
        if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("a perceptron needs two or more widths of at least 1, got " + widths);
        }
    }

    private int layers() {
        return widths.size() - 1;
    }

    private String weight(int layer) {
        return name + layer + ".weight";
    }

    private String bias(int layer) {
        return name + layer + ".bias";
    }

    /** Each layer's weight [in, out] and bias [out]. */
    public ParameterLayout layout() {
        ParameterLayout layout = ParameterLayout.none();
        for (int layer = 0; layer < layers(); layer++) {
            layout = layout.with(Role.DENSE, weight(layer), widths.get(layer), widths.get(layer + 1))
                    .with(Role.BIAS, bias(layer), widths.get(layer + 1));
        }
        return layout;
    }

    /** Weights uniform after Glorot and Bengio (2010); biases stay as they are. */
    public void initialise(Parameters parameters, Random random) {
        for (int layer = 0; layer < layers(); layer++) {
            Initialisation.glorot(parameters.get(weight(layer)), widths.get(layer), widths.get(layer + 1), random);
        }
    }

    /** [rows, last width] of {@code x} [rows, first width]. */
    public Value forward(Map<String, Value> weights, Value x) {
        Value result = x;
        for (int layer = 0; layer < layers(); layer++) {
            Value input = layer == 0 ? result : Ops.relu(result);
            result = Ops.add(Ops.matmul(input, Lookup.in(weights, weight(layer))), Lookup.in(weights, bias(layer)));
        }
        return result;
    }
}
