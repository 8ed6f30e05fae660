package io.fewshot4j.learner.regression;

import io.fewshot4j.graph.Mlp;
import io.fewshot4j.options.Describe;
import java.util.ArrayList;
import java.util.List;

/** How functions are learnt from points: method, tasks and network. */
public record RegressionSettings(
        @Describe("maml, fomaml or reptile, or a baseline: pretrained or oracle")
        RegressionMethod method,

        @Describe("support points of a training task; of reptile, points of an inner step")
        int shot,

        @Describe("query points of a task") int query,

        @Describe("inner learning rate, on the mean squared error of the support points")
        double innerLearningRate,

        @Describe("inner steps in training; the baselines make none")
        int innerSteps,

        @Describe("inner steps in tests") int testInnerSteps,

        @Describe("units of the hidden layers, with a ReLU each")
        List<Integer> hidden) {
    public RegressionSettings {
        hidden = List.copyOf(hidden);
        requireAtLeastOne("shot", shot);
        requireAtLeastOne("query", query);
        requireAtLeastOne("inner-steps", innerSteps);
        requireAtLeastOne("test-inner-steps", testInnerSteps);
        hidden.forEach(units -> requireAtLeastOne("hidden", units));
        if (!(innerLearningRate > 0)) {
            throw new IllegalArgumentException("inner-learning-rate must be above 0, got " + innerLearningRate);
        }
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, got " + value);
        }
    }

    /** The paper's, 10-shot (Finn et al. 2017). */
    public static RegressionSettings defaults() {
        return new RegressionSettings(RegressionMethod.MAML, 10, 10, 0.01, 1, 10, List.of(40, 40));
    }

    /** Support points that a training task must have. */
    public int trainingShot() {
        return method == RegressionMethod.REPTILE ? shot * innerSteps : shot;
    }

    /** What the network is given: x, and for the oracle the amplitude and the phase. */
    int inputs() {
        return method == RegressionMethod.ORACLE ? 3 : 1;
    }

    Mlp network() {
        List<Integer> sizes = new ArrayList<>(List.of(inputs()));
        sizes.addAll(hidden);
        sizes.add(1);
        return new Mlp("fc", sizes);
    }
}
