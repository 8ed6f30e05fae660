package io.fewshot4j.learner.gradient;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Network;
import io.fewshot4j.nn.Objective;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** A learner of functions of one input with a model in double. */
final class FunctionModel implements AutoCloseable {
    static final double NOISE = 0.04;
    static final ImageShape INPUT = new ImageShape(1, 1, 1);

    final Model model;
    final Learner learner;

    private FunctionModel(Model model, Learner learner) {
        this.model = model;
        this.learner = learner;
    }

    /** Learns functions over a line y = w x + b, or lines of which each follows another in {@code values}. */
    static <S extends Record> FunctionModel ofLines(
            LearnerSpec<S> spec, EpisodeShape shape, double[] values, String... settings) {
        FunctionModel made = of(spec, shape, new PlainInputs(INPUT), 1, settings);
        Transfer.write(values, made.model.parameters().flat());
        return made;
    }

    /** Learns functions over a network. */
    static <S extends Record> FunctionModel of(
            LearnerSpec<S> spec, EpisodeShape shape, Network network, int tasksPerGraph, String... settings) {
        S bound = Settings.parse(List.of(settings)).bind(spec.defaults());
        TaskShape tasks = new TaskShape(
                INPUT, Optional.of(network), new Objective.SquaredError(NOISE), shape, tasksPerGraph, List.of());
        Model model = spec.initialise(bound, tasks, 1, DataType.DOUBLE);
        return new FunctionModel(model, spec.create(bound, tasks, model));
    }

    static Episode episode(SinusoidTask task) {
        return new Episode(List.of(), examples(task.support()), examples(task.query()));
    }

    private static LabelledImages examples(Points points) {
        return LabelledImages.ofFunction(INPUT, floats(points.x()), floats(points.y()));
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        IntStream.range(0, floats.length).forEach(i -> floats[i] = values.get(i).floatValue());
        return floats;
    }

    /** Answers to a task's queries before adaptation, then after each step. */
    List<List<Double>> answers(SinusoidTask task) {
        return learner.predict(episode(task), BatchStatistics.BATCH).byStep().stream()
                .map(FunctionModel::values)
                .toList();
    }

    private static List<Double> values(Scores scores) {
        return IntStream.range(0, scores.queries())
                .mapToObj(query -> scores.probability(query, 0))
                .toList();
    }

    @Override
    public void close() {
        learner.close();
        model.close();
    }
}
