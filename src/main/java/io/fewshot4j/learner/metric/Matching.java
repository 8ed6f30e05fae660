package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Distances;
import io.fewshot4j.nn.Network;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Optional;
import java.util.Random;

/**
 * Matching networks, <a href="https://arxiv.org/abs/1606.04080">Vinyals et al. 2016</a>: attention over the support
 * images by cosine, with simple or full-context embeddings.
 */
public final class Matching implements MetricSpec<Matching.Settings> {
    private static final double EPSILON = 1e-8;
    private static final double CLAMP = 1e-8;

    /** Use that is made of the cosines of a query with the support images. */
    public enum Scoring {
        /** The paper's: a softmax over the support images, whose shares of each class are its probability. */
        ATTENTION,
        /** Summed over each class, the logits of a softmax over the classes. */
        COSINE_SUMS
    }

    /** The context and the comparison. */
    public record Settings(
            @Describe("what cosines become: attention (a softmax over the support images) or cosine-sums (logits)")
            Scoring scoring,

            @Describe("factor of the cosines, above 0: 1 in the paper; higher lets the softmax be sure")
            double sharpness,

            @Describe("full-context embeddings: every image is embedded in view of the whole support set")
            boolean fullContext,

            @Describe("reads of the support set by a query, at least 1: full context only")
            int readSteps,

            @Describe("how a read joins a query's state: added or concatenated; full context only")
            FullContext.Reading reading) {
        public Settings {
            if (!(sharpness > 0)) {
                throw new IllegalArgumentException("sharpness must be above 0, got " + sharpness);
            }
            if (readSteps < 1) {
                throw new IllegalArgumentException("readSteps must be at least 1, got " + readSteps);
            }
        }
    }

    @Override
    public String name() {
        return "matching";
    }

    @Override
    public String summary() {
        return "Matching networks: attention over the support images (Vinyals et al. 2016, arXiv:1606.04080)";
    }

    @Override
    public Settings defaults() {
        return new Settings(Scoring.ATTENTION, 10, false, 3, FullContext.Reading.CONCATENATED);
    }

    @Override
    public Metric metric(Settings settings, TaskShape shape) {
        Network embedding = shape.body();
        Optional<FullContext> context = settings.fullContext()
                ? Optional.of(new FullContext(embedding.features(), settings.readSteps(), settings.reading()))
                : Optional.empty();
        return new Matches(embedding, context, settings.scoring(), settings.sharpness());
    }

    private record Matches(Network embedding, Optional<FullContext> context, Scoring scoring, double sharpness)
            implements Metric {
        @Override
        public ParameterLayout layout() {
            return context.map(c -> embedding.layout().with(c.layout())).orElse(embedding.layout());
        }

        @Override
        public void initialise(Parameters parameters, Random random) {
            embedding.initialise(parameters, random);
            context.ifPresent(c -> c.initialise(parameters, random));
        }

        @Override
        public Answer compare(Embedded task, BatchNorm norm) {
            Value support = context.map(c -> c.support(task.weights(), task.graph(), task.support()))
                    .orElse(task.support());
            Value query = context.map(c -> c.query(task.weights(), task.graph(), task.query(), support))
                    .orElse(task.query());
            Value scores = Ops.scale(Distances.cosine(query, support, EPSILON), sharpness);
            return Answer.of(
                    switch (scoring) {
                        case ATTENTION -> Answer.logits(task.graph(), byClass(Ops.softmax(scores), task), CLAMP);
                        case COSINE_SUMS -> byClass(scores, task);
                    });
        }

        /** Sums over each class's support images. */
        private static Value byClass(Value scores, Embedded task) {
            return Ops.matmul(scores, task.members(), false, true);
        }
    }
}
