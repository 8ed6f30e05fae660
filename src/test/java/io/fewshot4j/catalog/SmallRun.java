package io.fewshot4j.catalog;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Objective;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.RawValues;
import io.fewshot4j.training.Clip;
import io.fewshot4j.training.LearningRateSchedule;
import io.fewshot4j.training.MetaOptimizer;
import io.fewshot4j.training.OptimizerSettings;
import io.fewshot4j.training.Updater;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** Any learner of the catalog over a small network and small drawn images, with a model of its own. */
final class SmallRun implements AutoCloseable {
    static final EpisodeShape EPISODE = new EpisodeShape(5, 1, 3);
    private static final SplitDataset DATA = Glyphs.draw(new GlyphsSettings(40, 0, 20, 8, 20, 0.7, 1));
    private static final int TASKS = 4;
    private static final OptimizerSettings ADAM =
            new OptimizerSettings(Updater.ADAM, 0.02, LearningRateSchedule.CONSTANT, 1, 1, 0, 0.9, Clip.NONE, 1);

    private final ConfiguredLearner<?> configured;
    private final ConfiguredNetwork network;
    private final Model model;
    private final Learner learner;

    /**
     * @param settings in place of eight filters, strides and the like; those that are not the learner's are left out
     */
    SmallRun(LearnerSpec<?> spec, long seed, DataType type, String... settings) {
        this(spec, seed, type, Extensions.NONE, settings);
    }

    /** @param others networks of a test's own */
    SmallRun(LearnerSpec<?> spec, long seed, DataType type, Extensions others, String... settings) {
        Settings small = Settings.parse(List.of(
                "filters=8",
                "pooling=stride",
                "head=flatten",
                "batch-norm-gain=true",
                "adapt-batch-norm=true",
                "head-init=glorot",
                "inner-learning-rate=0.4",
                "inner-optimizer=sgd",
                "inner-batch=5",
                "input-bias=1",
                "lstm-hidden=3",
                "meta-hidden=12",
                "blocks=2",
                "controller=12",
                "memory-slots=7",
                "memory-width=5",
                "memory-heads=2",
                "inner-steps=2",
                "test-inner-steps=2",
                "encoder-padding=torch"));
        Settings all = small.with(Settings.parse(List.of(settings)));
        configured = ConfiguredLearner.of(spec, all);
        network = ConfiguredNetwork.of(spec, all, others);
        model = configured.initialise(shape(), seed, type);
        learner = configured.create(shape(), model);
    }

    SmallRun(LearnerSpec<?> spec) {
        this(spec, 1, DataType.FLOAT);
    }

    private TaskShape shape() {
        ImageDataset data = DATA.train();
        return new TaskShape(
                data.shape(),
                network.settings().map(own -> own.network(data.shape())),
                new Objective.CrossEntropy(),
                EPISODE,
                1,
                IntStream.range(0, data.classCount()).mapToObj(data::className).toList());
    }

    static boolean trains(LearnerSpec<?> spec) {
        try (SmallRun run = new SmallRun(spec)) {
            return !run.model().parameters().names().isEmpty();
        }
    }

    static EpisodeSampler episodes(ImageDataset data, EpisodeShape shape) {
        return new EpisodeSampler(data, shape, EpisodeRotation.NONE, 1);
    }

    static Episode training(long index) {
        return episodes(DATA.train(), EPISODE).episode(index);
    }

    /** An episode of classes that are not trained on. */
    static Episode test(long index) {
        return episodes(DATA.test(), EPISODE).episode(index);
    }

    Learner learner() {
        return learner;
    }

    /** Another learner over the same model; the caller closes it. */
    Learner withTasksPerGraph(int tasks) {
        return configured.create(shape().withTasksPerGraph(tasks), model);
    }

    /** Batch statistics that the learner takes. */
    BatchStatistics statistics() {
        return learner.supportedStatistics().iterator().next();
    }

    Model model() {
        return model;
    }

    /** One iteration with all tasks in one graph. */
    static void iterate(Learner together, MetaOptimizer optimizer) {
        Model model = together.model();
        try (MetaGradient gradient =
                together.metaGradient(episodes(DATA.train(), EPISODE).episodes(0, TASKS))) {
            optimizer.step(model.parameters(), gradient.gradient(), 0);
        }
    }

    MetaOptimizer adam() {
        return new MetaOptimizer(ADAM, 1, model.parameters());
    }

    /** A learner without parameters stays as it is. */
    SmallRun train(int iterations) {
        if (model.parameters().names().isEmpty()) {
            return this;
        }
        try (MetaOptimizer optimizer = new MetaOptimizer(ADAM, iterations, model.parameters())) {
            EpisodeSampler sampler = episodes(DATA.train(), EPISODE);
            for (int i = 0; i < iterations; i++) {
                try (MetaGradient gradient = learner.metaGradient(sampler.episodes((long) i * TASKS, TASKS))) {
                    optimizer.step(model.parameters(), gradient.gradient(), i);
                    model.statistics()
                            .flat()
                            .muli(0.9)
                            .addi(gradient.statistics().flat().mul(0.1));
                }
            }
        }
        return this;
    }

    /** The share of right answers in some test episodes. */
    double accuracy(int episodes, BatchStatistics statistics) {
        int right = 0;
        int all = 0;
        for (int i = 0; i < episodes; i++) {
            Episode episode = test(i);
            Scores scores = learner.predict(episode, statistics).last();
            for (int q = 0; q < scores.queries(); q++) {
                right += scores.predicted(q) == episode.query().label(q) ? 1 : 0;
                all++;
            }
        }
        return (double) right / all;
    }

    /** All values of the model. */
    byte[] bits() {
        byte[] parameters = RawValues.bytes(model.parameters().flat());
        byte[] statistics = RawValues.bytes(model.statistics().flat());
        byte[] all = Arrays.copyOf(parameters, parameters.length + statistics.length);
        System.arraycopy(statistics, 0, all, parameters.length, statistics.length);
        return all;
    }

    @Override
    public void close() {
        learner.close();
        model.close();
    }
}
