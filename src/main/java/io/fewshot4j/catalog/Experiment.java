package io.fewshot4j.catalog;

import io.fewshot4j.backend.Device;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.omniglot.OneShotRuns;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.episode.EpisodePlan;
import io.fewshot4j.episode.EpisodePlan.ClassPlan;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.FixedEpisodes;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.EpisodeValidation;
import io.fewshot4j.training.OptimizerSettings;
import io.fewshot4j.training.TrainingPlan;
import io.fewshot4j.training.TrainingSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** A run's settings, bound: which learner on which data set, in which episodes, trained how. Presets, flags and checkpoints all become one. */
public final class Experiment {
    /** Seeds the validation episodes, whatever the run's seed, so that runs are selected on equal ones. */
    private static final long VALIDATION_SEED = 1_000_001;

    private final ConfiguredLearner<?> learner;
    private final ConfiguredDataset<?> dataset;
    private final EpisodeSettings episodes;
    private final TrainingSettings training;
    private final OptimizerSettings optimizer;
    private final List<String> trainingClasses;

    private Experiment(Settings settings, List<String> trainingClasses) {
        this.trainingClasses = trainingClasses;
        learner = ConfiguredLearner.of(Catalog.learner(settings.get("learner").orElse("maml")), settings);
        dataset = ConfiguredDataset.of(Catalog.dataset(settings.get("dataset").orElse("omniglot")), settings);
        episodes = settings.bind(EpisodeSettings.defaults());
        training = settings.bind(TrainingSettings.defaults());
        optimizer = settings.bind(OptimizerSettings.defaults());
        settings.without(List.of("learner", "dataset")).requireKnown(records());
    }

    /** Binds settings; keys that are not given keep the learner's and the data set's defaults. */
    public static Experiment of(Settings settings) {
        return new Experiment(settings, List.of());
    }

    /** The same, to train on a data set: learners hear the names of its classes. */
    public Experiment trainedOn(ImageDataset data) {
        return new Experiment(
                settings(),
                IntStream.range(0, data.classCount()).mapToObj(data::className).toList());
    }

    /** The settings records, for help: learner, data set, episodes, training, optimiser. */
    public List<Record> records() {
        return List.of(learner.settings(), dataset.settings(), episodes, training, optimizer);
    }

    /** Every setting in force. */
    public Settings settings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("learner", learnerName());
        all.put("dataset", datasetName());
        records().forEach(record -> all.putAll(Settings.of(record).asMap()));
        return Settings.of(all);
    }

    public String learnerName() {
        return learner.spec().name();
    }

    public String datasetName() {
        return dataset.spec().name();
    }

    /** Whether its data is read from files. */
    public boolean needsPath() {
        return dataset.spec().needsPath();
    }

    public EpisodeSettings episodes() {
        return episodes;
    }

    public TrainingSettings training() {
        return training;
    }

    /** How a user's own images are decoded for this run's model. */
    public ImageDecoder decoder() {
        return dataset.decoder();
    }

    /** Reads the data set. */
    public SplitDataset load(Optional<Path> path, PackedCache cache, DecodeProgress progress) {
        return dataset.load(path, cache, progress);
    }

    /**
     * The same with a number of tasks in a graph, where that was left open: one on the processor; on a GPU the largest part
     * of the meta-batch whose graph fits.
     *
     * @param memory bytes of the GPU that a graph may take; asked for a GPU only
     */
    public Experiment fitted(Device device, LongSupplier memory) {
        if (training.tasksPerGraph() > 0) {
            return this;
        }
        return device == Device.CPU ? withTasksPerGraph(1) : largest(memory.getAsLong());
    }

    private Experiment largest(long memory) {
        int batch = training.metaBatch();
        return IntStream.rangeClosed(1, batch)
                .filter(graphs -> batch % graphs == 0)
                .mapToObj(graphs -> withTasksPerGraph(batch / graphs))
                .filter(trial -> trial.graphBytes() <= memory)
                .findFirst()
                .orElse(withTasksPerGraph(1));
    }

    private Experiment withTasksPerGraph(int tasks) {
        Settings grouped = settings().with(Settings.of(Map.of("tasks-per-graph", Integer.toString(tasks))));
        return new Experiment(grouped, trainingClasses);
    }

    private long graphBytes() {
        try (Model model = initialise(DataType.FLOAT);
                Learner learner = learner(model)) {
            return learner.cost().bufferBytes();
        }
    }

    /** Fresh parameters. */
    public Model initialise(DataType type) {
        return learner.initialise(taskShape(), training.seed(), type);
    }

    /** A learner over a model. */
    public Learner learner(Model model) {
        return learner.create(taskShape(), model);
    }

    private TaskShape taskShape() {
        return new TaskShape(decoder().shape(), episodes.training(), training.groupSize(), trainingClasses);
    }

    /** Training episodes of a data set. */
    public EpisodeSampler trainingEpisodes(ImageDataset data) {
        return sampler(data, episodes.training(), episodes.episodeRotation(), training.seed())
                .distorted(episodes.episodeDistortion());
    }

    /** A frozen list of test-shaped episodes. */
    public EpisodeList testEpisodes(ImageDataset data, int count, long seed) {
        return new EpisodeList(sampler(data, episodes.test(), episodes.testEpisodeRotation(), seed), count);
    }

    /** Lake's one-shot runs as episodes, each with one support and one query image of every class. */
    public EpisodeList oneShotEpisodes(OneShotRuns runs) {
        List<EpisodePlan> plans = runs.classes().stream()
                .map(run -> new EpisodePlan(run.stream()
                        .map(c -> new ClassPlan(c, 0, List.of(OneShotRuns.SUPPORT), List.of(OneShotRuns.QUERY)))
                        .toList()))
                .toList();
        EpisodeShape shape = new EpisodeShape(runs.way(), 1, 1);
        return new EpisodeList(new FixedEpisodes(runs.images(), shape, plans, episodes.normalisation()), plans.size());
    }

    private EpisodeSampler sampler(ImageDataset data, EpisodeShape shape, EpisodeRotation rotation, long seed) {
        return new EpisodeSampler(data, shape, rotation, episodes.normalisation(), seed);
    }

    /** The shape of test episodes. */
    public EpisodeShape testShape() {
        return episodes.test();
    }

    /** What a trainer needs. */
    public TrainingPlan<Episode, Learner> plan(SplitDataset data, String version, String backend) {
        boolean validates = training.validateEvery() > 0 && data.validation().classCount() > 0;
        Provenance provenance = new Provenance(
                version,
                settings().asMap(),
                training.seed(),
                data.of(Split.TRAIN).fingerprint(),
                backend);
        return new TrainingPlan<>(
                training,
                optimizer,
                provenance,
                this::learner,
                trainingEpisodes(data.train())::episode,
                validates
                        ? Optional.of(new EpisodeValidation(
                                testEpisodes(data.validation(), training.validationEpisodes(), VALIDATION_SEED),
                                training.validationStatistics()))
                        : Optional.empty());
    }
}
