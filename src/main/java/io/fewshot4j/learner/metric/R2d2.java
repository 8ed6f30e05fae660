package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Network;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Role;
import java.util.Random;

/**
 * Ridge regression differentiable discriminator, <a href="https://arxiv.org/abs/1805.08136">Bertinetto et al. 2019</a>:
 * labels are regressed on embeddings in closed form, and the embedding is trained through the solution.
 */
public final class R2d2 implements MetricSpec<R2d2.Settings> {
    private static final String LAMBDA = "ridge.log-lambda";
    private static final String SCALE = "ridge.scale";
    private static final String SHIFT = "ridge.shift";

    /** First values of what is learned beside the network. */
    public record Settings(
            @Describe("first weight of the ridge penalty, above 0; its logarithm is learned")
            double ridge,

            @Describe("first factor of the regressed values, which makes logits of them")
            double logitScale) {
        public Settings {
            if (!(ridge > 0)) {
                throw new IllegalArgumentException("ridge must be above 0, got " + ridge);
            }
        }
    }

    @Override
    public String name() {
        return "r2d2";
    }

    @Override
    public String summary() {
        return "R2D2: ridge regression on a learned embedding (Bertinetto et al. 2019, arXiv:1805.08136)";
    }

    @Override
    public Settings defaults() {
        return new Settings(50, 1);
    }

    @Override
    public Metric metric(Settings settings, TaskShape shape) {
        return new Ridge(shape.body(), settings);
    }

    private record Ridge(Network embedding, Settings first) implements Metric {
        @Override
        public ParameterLayout layout() {
            return embedding
                    .layout()
                    .with(Role.OTHER, LAMBDA, 1)
                    .with(Role.OTHER, SCALE, 1)
                    .with(Role.OTHER, SHIFT, 1);
        }

        @Override
        public void initialise(Parameters parameters, Random random) {
            embedding.initialise(parameters, random);
            parameters.get(LAMBDA).assign(Math.log(first.ridge()));
            parameters.get(SCALE).assign(first.logitScale());
        }

        @Override
        public Answer compare(Embedded task, BatchNorm norm) {
            Value regressed = regressed(task, Functions.exp(Lookup.in(task.weights(), LAMBDA)));
            Value scaled = Ops.multiply(regressed, Lookup.in(task.weights(), SCALE));
            return Answer.of(Ops.add(scaled, Lookup.in(task.weights(), SHIFT)));
        }

        /**
         * Q W [queries, way] with W = X^T (X X^T + lambda I)^-1 Y [features, way]: as large a matrix is inverted as
         * there are support images, however many features there are.
         */
        private static Value regressed(Embedded task, Value lambda) {
            Value penalty = Ops.multiply(task.graph().identity(task.supports()), lambda);
            Value gram = Ops.matmul(task.support(), task.support(), false, true);
            Value labels = Blocks.transpose(task.members());
            Value duals = Ops.matmul(Ops.inverse(Ops.add(gram, penalty)), labels);
            return Ops.matmul(Ops.matmul(task.query(), task.support(), false, true), duals);
        }
    }
}
