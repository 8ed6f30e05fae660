package io.fewshot4j.learner.baseline;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.Distances;
import io.fewshot4j.nn.HeadInit;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Role;
import java.util.Map;
import java.util.Random;

/** The last layer: scores of classes by features. */
sealed interface Head permits Head.Linear, Head.Cosine {
    /** The head of some settings. */
    static Head of(Baseline.Settings settings, int features, int classes) {
        return settings.classScores() == ClassScores.LINEAR
                ? new Linear(features, classes)
                : new Cosine(settings.cosineScale(), features, classes);
    }

    /** Number of classes. */
    int classes();

    /** Its arrays. */
    ParameterLayout layout();

    /** Writes first values for pretraining into arrays that are 0. */
    void initialise(Parameters parameters, Random random);

    /** Writes values that training on a support set begins with, always the same. */
    void restart(Parameters parameters);

    /** Scores [images, classes] of features [images, features]. */
    Value forward(Map<String, Value> weights, Value features);

    /** Features times weights, and a bias. */
    record Linear(int features, int classes) implements Head {
        @Override
        public ParameterLayout layout() {
            return ParameterLayout.none()
                    .with(Role.HEAD, Headed.WEIGHT, features, classes)
                    .with(Role.HEAD, Headed.BIAS, classes);
        }

        @Override
        public void initialise(Parameters parameters, Random random) {
            HeadInit.GLOROT.write(parameters.get(Headed.WEIGHT), random);
        }

        @Override
        public void restart(Parameters parameters) {
            parameters.get(Headed.WEIGHT).assign(0);
            parameters.get(Headed.BIAS).assign(0);
        }

        @Override
        public Value forward(Map<String, Value> weights, Value features) {
            return Headed.output(weights, features);
        }
    }

    /**
     * {@code scale} times a learned length of the class times the cosine of the features with the class's weights. The
     * lengths are those of the first weights, as in <a href="https://github.com/wyharveychen/CloserLookFewShot">the
     * code of Chen et al. 2019</a>; the paper does without them.
     */
    record Cosine(double scale, int features, int classes) implements Head {
        static final String LENGTH = "fc.length";

        /** Added to squared lengths: features may all be 0. */
        private static final double EPSILON = 1e-10;

        private static final long SEED = 1;

        @Override
        public ParameterLayout layout() {
            return ParameterLayout.none()
                    .with(Role.HEAD, Headed.WEIGHT, features, classes)
                    .with(Role.HEAD, LENGTH, classes);
        }

        /** Uniform within 1 / sqrt(features), as PyTorch does. */
        @Override
        public void initialise(Parameters parameters, Random random) {
            double limit = 1 / Math.sqrt(features);
            Initialisation.uniform(parameters.get(Headed.WEIGHT), -limit, limit, random);
            parameters.get(LENGTH).assign(parameters.get(Headed.WEIGHT).norm2(0));
        }

        /** Zeros have no direction. */
        @Override
        public void restart(Parameters parameters) {
            initialise(parameters, new Random(SEED));
        }

        @Override
        public Value forward(Map<String, Value> weights, Value features) {
            Value byClass = Ops.scale(Lookup.in(weights, LENGTH), scale);
            Value classes = Blocks.transpose(Lookup.in(weights, Headed.WEIGHT));
            return Ops.multiply(Distances.cosine(features, classes, EPSILON), byClass);
        }
    }
}
