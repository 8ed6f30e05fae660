package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Transfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** A learner with a model of two filters in double, and what can be read off it. */
final class SmallModel<S extends Record> implements AutoCloseable {
    private static final int IMAGE = 12;
    static final Episode TASK = Tasks.episode(IMAGE, 0);
    private static final List<String> SMALL =
            List.of("filters=2", "pooling=stride", "head=flatten", "batch-norm-gain=true", "batch-norm-epsilon=0.001");

    private final LearnerSpec<S> spec;
    private final S settings;
    private final TaskShape shape;
    final Model model;
    final Learner learner;

    SmallModel(LearnerSpec<S> spec, String... changes) {
        this.spec = spec;
        Settings all = Settings.parse(SMALL).with(Settings.parse(List.of(changes)));
        settings = all.bind(spec.defaults());
        shape = Tasks.shape(
                spec,
                IMAGE,
                all.asMap().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
        model = spec.initialise(settings, shape, 1, DataType.DOUBLE);
        learner = spec.create(settings, shape, model);
    }

    /** Another learner over the same model; the caller closes it. */
    Learner withTasksPerGraph(int tasks) {
        return spec.create(settings, shape.withTasksPerGraph(tasks), model);
    }

    static List<Episode> tasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> Tasks.episode(IMAGE, i)).toList();
    }

    /** The gradient of each parameter on {@link #TASK}. */
    Map<String, double[]> gradient(long iteration) {
        try (MetaGradient result = learner.metaGradient(List.of(TASK), iteration)) {
            Map<String, double[]> gradients = new LinkedHashMap<>();
            for (String name : result.gradient().names()) {
                gradients.put(name, Transfer.read(result.gradient().get(name)));
            }
            return gradients;
        }
    }

    double loss(long iteration) {
        try (MetaGradient result = learner.metaGradient(List.of(TASK), iteration)) {
            return result.loss();
        }
    }

    /** The mean cross-entropy of the queries after each number of steps. */
    List<Double> queryLosses() {
        return byStep(TASK).stream().map(scores -> loss(scores, TASK.query())).toList();
    }

    private static double loss(Scores scores, LabelledImages images) {
        return IntStream.range(0, images.count())
                .mapToDouble(i -> -Math.log(scores.probability(i, images.label(i))))
                .average()
                .orElseThrow();
    }

    /** The loss's derivative by the head's bias after each number of steps: mean of softmax minus label. */
    List<double[]> biasGradients(Episode task) {
        return byStep(task).stream()
                .map(scores -> IntStream.range(0, scores.way())
                        .mapToDouble(label -> biasGradient(scores, task.query(), label))
                        .toArray())
                .toList();
    }

    private static double biasGradient(Scores scores, LabelledImages images, int label) {
        return IntStream.range(0, images.count())
                .mapToDouble(i -> scores.probability(i, label) - (images.label(i) == label ? 1 : 0))
                .average()
                .orElseThrow();
    }

    List<Scores> byStep(Episode task) {
        return learner.predict(task, BatchStatistics.BATCH).byStep();
    }

    /** The task whose queries are its support images. */
    static Episode supportAgain() {
        return new Episode(TASK.classNames(), TASK.support(), TASK.support());
    }

    @Override
    public void close() {
        learner.close();
        model.close();
    }
}
