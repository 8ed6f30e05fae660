package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Distances;
import io.fewshot4j.nn.Losses;
import io.fewshot4j.nn.Network;
import io.fewshot4j.options.Describe;
import java.util.List;

/**
 * Prototypical networks, <a href="https://arxiv.org/abs/1703.05175">Snell et al. 2017</a>: the nearest class mean by
 * squared Euclidean or cosine distance.
 */
public final class ProtoNet implements MetricSpec<ProtoNet.Settings> {
    /** The comparison. Support and query images pass through the network as one batch in training. */
    public record Settings(
            @Describe("between embeddings and class means: squared-euclidean, or cosine (one less their cosine)")
            Distance distance) {}

    /** Distances of an embedding from a class mean; logits are the negative distances. */
    public enum Distance {
        SQUARED_EUCLIDEAN,
        COSINE
    }

    @Override
    public String name() {
        return "protonet";
    }

    @Override
    public String summary() {
        return "ProtoNet: nearest class mean in a learned space (Snell et al. 2017, arXiv:1703.05175)";
    }

    @Override
    public Settings defaults() {
        return new Settings(Distance.SQUARED_EUCLIDEAN);
    }

    @Override
    public Metric metric(Settings settings, TaskShape shape) {
        return new Prototypes(shape.body(), settings.distance());
    }

    /** All images are scored, in one product, though only the queries' answers count. */
    private record Prototypes(Network embedding, Distance distance) implements Metric {
        @Override
        public Answer compare(Embedded task, BatchNorm norm) {
            Graph graph = task.graph();
            Value noShares = graph.filled(task.way(), task.queries(), 0);
            Value shares = Blocks.concatenateColumns(List.of(task.shares(), noShares));
            Value logits = logits(task.all(), Ops.matmul(shares, task.all()));
            Value noLabels = graph.filled(task.supports(), task.way(), 0);
            return new Answer(Blocks.rows(logits, task.supports(), logits.rows()), labels -> {
                Value all = Blocks.concatenateRows(List.of(noLabels, labels));
                return Losses.crossEntropy(logits, all, task.queries());
            });
        }

        private Value logits(Value embeddings, Value prototypes) {
            return switch (distance) {
                case SQUARED_EUCLIDEAN -> Distances.euclideanLogits(embeddings, prototypes);
                case COSINE -> Distances.cosine(embeddings, prototypes, 1e-8);
            };
        }
    }
}
