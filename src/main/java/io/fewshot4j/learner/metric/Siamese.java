package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.nn.Losses;
import io.fewshot4j.nn.Network;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Role;
import java.util.List;
import java.util.Random;

/**
 * Siamese networks, <a href="https://www.cs.cmu.edu/~rsalakhu/papers/oneshot1.pdf">Koch et al. 2015</a>: whether two
 * images are of one class, by a weighted L1 distance of their embeddings. The pairs are each query with each support
 * image.
 */
public final class Siamese implements MetricSpec<Siamese.Settings> {
    private static final double MOST_WEIGHT = 12;

    /** Ways to combine the similarities of a class's support images. */
    public enum Shots {
        MEAN,
        LARGEST
    }

    /** The comparison. */
    public record Settings(
            @Describe("similarity to a class of several shots: the mean or the largest of theirs")
            Shots severalShots,

            @Describe("whether pairs of one class and of two count alike in all; otherwise every pair does")
            boolean balancedPairs) {}

    @Override
    public String name() {
        return "siamese";
    }

    @Override
    public String summary() {
        return "Siamese network: are two images of one class? (Koch et al. 2015)";
    }

    @Override
    public Settings defaults() {
        return new Settings(Shots.MEAN, false);
    }

    @Override
    public Metric metric(Settings settings, TaskShape shape) {
        return new Similarities(shape.body(), settings.severalShots(), settings.balancedPairs());
    }

    private record Similarities(Network embedding, Shots shots, boolean balanced) implements Metric {
        @Override
        public ParameterLayout layout() {
            return embedding
                    .layout()
                    .with(Role.HEAD, "similarity.weight", embedding.features(), 1)
                    .with(Role.HEAD, "similarity.bias", 1);
        }

        /** Weights are negative: from the first step on, what differs counts against a pair. */
        @Override
        public void initialise(Parameters parameters, Random random) {
            embedding.initialise(parameters, random);
            double most = MOST_WEIGHT / embedding.features();
            Initialisation.uniform(parameters.get("similarity.weight"), -most, 0, random);
        }

        @Override
        public Answer compare(Embedded task, BatchNorm norm) {
            Value logits = pairLogits(task);
            Value similarities = byClass(task, Functions.sigmoid(logits));
            return new Answer(
                    Answer.logits(task.graph(), similarities, Answer.NOTHING),
                    labels -> verification(task, logits, labels));
        }

        /** Logits of each query being of the class of each support image, [queries, support images]. */
        private static Value pairLogits(Embedded task) {
            Value queries = Blocks.repeatRows(task.query(), 1, task.supports());
            Value support = Blocks.tile(task.support(), task.queries());
            Value distances = Functions.absolute(Ops.subtract(queries, support));
            Value logits = Ops.add(
                    Ops.matmul(distances, Lookup.in(task.weights(), "similarity.weight")),
                    Lookup.in(task.weights(), "similarity.bias"));
            return Ops.reshape(logits, task.queries(), task.supports());
        }

        private Value byClass(Embedded task, Value similarities) {
            if (shots == Shots.MEAN) {
                return Ops.matmul(similarities, task.shares(), false, true);
            }
            Value members = Blocks.tile(task.members(), task.queries());
            Value ofClass = Ops.multiply(Blocks.repeatRows(similarities, 1, task.way()), members);
            return Ops.reshape(Ops.rowMax(ofClass), task.queries(), task.way());
        }

        /** The cross-entropy of all pairs. */
        private Value verification(Embedded task, Value logits, Value labels) {
            int pairs = task.queries() * task.supports();
            Value same = Ops.reshape(Ops.matmul(labels, task.members()), pairs, 1);
            Value different = Ops.subtract(task.graph().filled(pairs, 1, 1), same);
            double weightOfSame = balanced ? 0.5 * task.way() : 1;
            double weightOfDifferent = balanced ? weightOfSame / (task.way() - 1) : 1;
            Value targets = Blocks.concatenateColumns(
                    List.of(Ops.scale(same, weightOfSame), Ops.scale(different, weightOfDifferent)));
            Value column = Ops.reshape(logits, pairs, 1);
            Value both = Blocks.concatenateColumns(List.of(column, task.graph().filled(pairs, 1, 0)));
            return Losses.crossEntropy(both, targets, pairs);
        }
    }
}
