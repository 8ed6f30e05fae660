package io.fewshot4j.nn;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Role;
import java.util.Map;
import java.util.Random;

/**
 * A network with a linear head.
 *
 * @param outputs one for each class, or 1 for a function
 */
public record Headed(Network body, int outputs) {
    /** Name of the head's weights, [features, outputs]. */
    public static final String WEIGHT = "fc.weight";

    /** Name of the head's bias, [outputs]. */
    public static final String BIAS = "fc.bias";

    /** Arrays of body and head. */
    public ParameterLayout layout() {
        return body.layout().with(head());
    }

    /** Arrays of the head alone. */
    public ParameterLayout head() {
        return ParameterLayout.none()
                .with(Role.HEAD, WEIGHT, body.features(), outputs)
                .with(Role.HEAD, BIAS, outputs);
    }

    /** Writes first values into arrays that are 0. */
    public void initialise(Parameters parameters, HeadInit init, Random random) {
        body.initialise(parameters, random);
        init.write(parameters.get(WEIGHT), random);
    }

    /** [images, outputs]: see {@link Network#forward}. */
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        return output(weights, body.forward(weights, input, images, norm));
    }

    /** [images, outputs] of features [images, features]. */
    public static Value output(Map<String, Value> weights, Value features) {
        return Ops.add(Ops.matmul(features, Lookup.in(weights, WEIGHT)), Lookup.in(weights, BIAS));
    }
}
