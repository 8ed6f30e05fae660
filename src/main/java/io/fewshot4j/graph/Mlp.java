package io.fewshot4j.graph;

import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Linear layers with a ReLU between each two.
 *
 * @param sizes of the input, the hidden layers and the output
 */
public record Mlp(List<Integer> sizes) {
    private static final double INITIAL_DEVIATION = 0.01;

    public Mlp {
        sizes = List.copyOf(sizes);
    }

    private int layers() {
        return sizes.size() - 1;
    }

    /** {@code fc1.weight} [in, out], {@code fc1.bias} [out], {@code fc2.weight} and so on. */
    public ParameterLayout layout() {
        ParameterLayout layout = ParameterLayout.none();
        for (int i = 1; i <= layers(); i++) {
            layout = layout.with("fc" + i + ".weight", sizes.get(i - 1), sizes.get(i))
                    .with("fc" + i + ".bias", sizes.get(i));
        }
        return layout;
    }

    /** First values: weights normal with deviation 0.01, drawn again beyond two of it; biases 0. */
    public void initialise(Parameters parameters, Random random) {
        for (int i = 1; i <= layers(); i++) {
            Initialisation.truncatedNormal(parameters.get("fc" + i + ".weight"), INITIAL_DEVIATION, random);
        }
    }

    /** [rows, in] to [rows, out]. */
    public Value forward(Map<String, Value> weights, Value input) {
        Value value = input;
        for (int i = 1; i <= layers(); i++) {
            Value product = Ops.matmul(i == 1 ? value : Ops.relu(value), Lookup.in(weights, "fc" + i + ".weight"));
            value = Ops.add(product, Lookup.in(weights, "fc" + i + ".bias"));
        }
        return value;
    }
}
