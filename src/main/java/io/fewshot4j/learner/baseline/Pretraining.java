package io.fewshot4j.learner.baseline;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Losses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Telling all training classes apart: a task's images, support and queries alike, are one batch, whose labels are the
 * numbers of its classes.
 */
final class Pretraining implements AutoCloseable {
    private final ClassNetwork network;
    private final TaskShape shape;
    private final DataType type;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final MetaExecutor meta;

    /** @param network with a score for each training class */
    Pretraining(ClassNetwork network, TaskShape shape, Model model) {
        this.network = network;
        this.shape = shape;
        this.type = model.type();
        shape.trainingClasses().forEach(name -> numbers.put(name, numbers.size()));
        this.meta = new MetaExecutor(this::program, model, shape);
    }

    private SetInput batch() {
        int count = shape.episode().supportSize() + shape.episode().querySize();
        return network.set("batch", count);
    }

    private Program program() {
        Graph graph = new Graph(shape.tasksPerGraph());
        Map<String, Value> weights = graph.inputs(network.layout());
        BatchNorm.Observing norm = new BatchNorm.Observing();
        SetInput batch = batch();
        Value scores = network.scores(graph, weights, batch, norm);
        Value labels = batch.targets(graph);
        return MetaProgram.of(
                graph,
                weights,
                Losses.crossEntropy(scores, labels),
                Optional.of(Losses.accuracy(scores, labels, batch.count())),
                norm.observed(),
                type);
    }

    /** The mean over tasks, each a batch of its own. */
    MetaGradient gradient(List<Episode> tasks) {
        return meta.mean(
                tasks,
                (executor, group) ->
                        batch().feed(executor, group.stream().map(this::images).toList()));
    }

    private LabelledImages images(Episode task) {
        int[] labels = Stream.of(task.support(), task.query())
                .map(LabelledImages::labels)
                .flatMapToInt(IntStream::of)
                .map(label -> number(task.classNames().get(label)))
                .toArray();
        return LabelledImages.joined(List.of(task.support(), task.query())).labelled(labels);
    }

    private int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("a task must be of training classes, got one of " + name);
        }
        return number;
    }

    Cost cost() {
        return meta.cost();
    }

    @Override
    public void close() {
        meta.close();
    }
}
