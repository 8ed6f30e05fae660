package io.fewshot4j.spark;

import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.io.Serializable;

/** Numbers of a model on their way to executors. */
final class Values implements Serializable {
    private static final long serialVersionUID = 1L;

    private final float[] parameters;
    private final float[] statistics;

    private Values(float[] parameters, float[] statistics) {
        this.parameters = parameters;
        this.statistics = statistics;
    }

    static Values of(Model model) {
        return new Values(floats(model.parameters()), floats(model.statistics()));
    }

    /** Puts them into a model of the same layout. */
    void into(Model model) {
        Transfer.write(parameters, model.parameters().flat());
        Transfer.write(statistics, model.statistics().flat());
    }

    static float[] floats(Parameters source) {
        double[] wide = Transfer.read(source.flat());
        float[] floats = new float[wide.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) wide[i];
        }
        return floats;
    }
}
