package io.fewshot4j.examples;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.metric.Answer;
import io.fewshot4j.learner.metric.Embedded;
import io.fewshot4j.learner.metric.Metric;
import io.fewshot4j.learner.metric.MetricSpec;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Network;

/** A learner of one's own: prototypical networks by the sum of absolute differences. */
public final class ManhattanNet implements MetricSpec<ManhattanNet.Settings> {
    /**
     * Settings of the learner.
     *
     * @param sharpness factor of the distances
     */
    public record Settings(double sharpness) {}

    @Override
    public String name() {
        return "manhattan";
    }

    @Override
    public String summary() {
        return "nearest class mean by the sum of absolute differences";
    }

    @Override
    public Settings defaults() {
        return new Settings(1);
    }

    @Override
    public Metric metric(Settings settings, TaskShape shape) {
        return new Distances(shape.body(), settings.sharpness());
    }

    private record Distances(Network embedding, double sharpness) implements Metric {
        @Override
        public Answer compare(Embedded task, BatchNorm norm) {
            Value means = Ops.matmul(task.shares(), task.support()); // [way, features]
            Value queries = Blocks.repeatRows(task.query(), 1, task.way()); // [queries x way, features]
            Value distances = Ops.rowSum(Functions.absolute(Ops.subtract(queries, Blocks.tile(means, task.queries()))));
            Value byClass = Ops.reshape(distances, task.queries(), task.way());
            return Answer.of(Ops.scale(byClass, -sharpness / task.query().columns()));
        }
    }
}
