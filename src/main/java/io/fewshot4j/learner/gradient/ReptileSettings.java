package io.fewshot4j.learner.gradient;

import io.fewshot4j.nn.HeadInit;
import io.fewshot4j.options.Describe;

/** Settings of Reptile and FOML. Options that {@link GradientSettings} has too have the same names there. */
public record ReptileSettings(
        @Describe("rule of an inner step: adam (without momentum; its second moment goes on from task to task) or sgd")
        InnerOptimizer innerOptimizer,

        @Describe("inner learning rate, on the mean loss of an inner batch")
        double innerLearningRate,

        @Describe("inner steps in training, at least 1") int innerSteps,

        @Describe("images of an inner batch in training, at least 1")
        int innerBatch,

        @Describe("inner steps in validation, evaluation and classification")
        int testInnerSteps,

        @Describe("images of an inner batch in validation, evaluation and classification, at least 1")
        int testInnerBatch,

        @Describe("how inner batches are drawn from the support set: cycling (shuffled passes cut into batches)"
                + " or replacement (each from all images)")
        InnerSampling innerSampling,

        @Describe("last inner batch of training: shared (drawn like the others) or separate (the query set)")
        Tail tail,

        @Describe("first values of the head: normal (standard), glorot (uniform) or near-zero (deviation 0.01)")
        HeadInit headInit) {
    /** Optimisers of inner updates. */
    public enum InnerOptimizer {
        ADAM,
        SGD
    }

    /** Ways to draw inner batches from a set. */
    public enum InnerSampling {
        /** The set is shuffled, cut into batches, and shuffled again when it is used up, within a batch too. */
        CYCLING,
        /** Each batch is drawn from the whole set, without repetition inside it. */
        REPLACEMENT
    }

    /** Source of the last inner batch of training. */
    public enum Tail {
        /** The support set, as for the others. */
        SHARED,
        /** It is the query set, which no other batch sees. */
        SEPARATE
    }

    private static final int MOST_IMAGES = 1_000_000;

    public ReptileSettings {
        if (!(innerLearningRate > 0)) {
            throw new IllegalArgumentException("innerLearningRate must be above 0, got " + innerLearningRate);
        }
        requireAtLeastOne("innerSteps", innerSteps);
        requireAtLeastOne("innerBatch", innerBatch);
        requireAtLeastOne("testInnerSteps", testInnerSteps);
        requireAtLeastOne("testInnerBatch", testInnerBatch);
        requireImages("innerSteps x innerBatch", innerSteps, innerBatch);
        requireImages("testInnerSteps x testInnerBatch", testInnerSteps, testInnerBatch);
    }

    private static void requireImages(String name, int steps, int batch) {
        if ((long) steps * batch > MOST_IMAGES) {
            throw new IllegalArgumentException(
                    name + " must be at most " + MOST_IMAGES + " images, got " + steps + " x " + batch);
        }
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }

    /** Inner steps of training whose batches are drawn from the support set. */
    int drawnSteps() {
        return tail == Tail.SEPARATE ? innerSteps - 1 : innerSteps;
    }

    /** The paper's Omniglot settings for 5-way tasks (Nichol et al. 2018, appendix A). */
    static ReptileSettings omniglot(Tail tail) {
        return new ReptileSettings(
                InnerOptimizer.ADAM, 1e-3, 5, 10, 50, 5, InnerSampling.CYCLING, tail, HeadInit.GLOROT);
    }
}
