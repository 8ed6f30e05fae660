package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.backend.Device;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Network;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.OptimizerSettings;
import io.fewshot4j.training.TrainingPlan;
import io.fewshot4j.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A run's settings, bound: a learner, its data set, episodes and training. Presets, flags and checkpoints all become
 * one.
 */
public final class Experiment {
    /** Seeds the validation episodes, whatever the run's seed, so that runs are selected on equal ones. */
    private static final long VALIDATION_SEED = 1_000_001;

    private final Settings given;
    private final Extensions others;
    private final List<String> trainingClasses;
    private final ConfiguredLearner<?> learner;
    private final ConfiguredNetwork network;
    private final ConfiguredData data;
    private final EpisodeSettings episodes;
    private final TrainingSettings training;
    private final OptimizerSettings optimizer;

    private Experiment(Settings settings, Extensions others, List<String> trainingClasses) {
        this.given = settings;
        this.others = others;
        this.trainingClasses = trainingClasses;
        learner = ConfiguredLearner.of(others.learner(settings.get("learner").orElse("maml")), settings);
        network = ConfiguredNetwork.of(learner.spec(), settings, others);
        data = ConfiguredData.of(settings);
        episodes = settings.bind(EpisodeSettings.defaults());
        training = settings.bind(TrainingSettings.defaults());
        optimizer = settings.bind(OptimizerSettings.defaults());
        settings.without(List.of("learner", "network", "dataset")).requireKnown(records());
        requireTasks();
    }

    private void requireTasks() {
        boolean suits = learnsFunctions()
                ? learner.spec().fitsFunctions()
                : learner.spec().classifies();
        if (!suits) {
            throw new FewShotException("learner must be one that "
                    + (learnsFunctions() ? "fits functions" : "classifies") + " for dataset " + datasetName() + ", got "
                    + learnerName() + "; choose one of "
                    + Catalog.LEARNERS.stream()
                            .filter(spec -> learnsFunctions() ? spec.fitsFunctions() : spec.classifies())
                            .map(LearnerSpec::name)
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Binds settings; keys that are not given keep the learner's, the network's and the data set's defaults. */
    public static Experiment of(Settings settings) {
        return of(settings, Extensions.NONE);
    }

    /** Binds settings that may name learners and networks of a user's own. */
    public static Experiment of(Settings settings, Extensions others) {
        return new Experiment(settings, others, List.of());
    }

    /** This experiment with some settings in their place. */
    public Experiment with(Settings changed) {
        return new Experiment(given.with(changed), others, trainingClasses);
    }

    /** This experiment on a data set: learners hear the names of its classes. */
    public Experiment trainedOn(ImageDataset classes) {
        return trainedOn(IntStream.range(0, classes.classCount())
                .mapToObj(classes::className)
                .toList());
    }

    Experiment trainedOn(List<String> classes) {
        return new Experiment(given, others, classes);
    }

    /** Settings of learner, network (where it takes one), data set, episodes, training and optimiser, for help. */
    public List<Record> records() {
        List<Record> records = learnerRecords();
        records.addAll(List.of(data.settings(), episodes, training, optimizer));
        return records;
    }

    /** Settings of the learner and its network. */
    public List<Record> learnerRecords() {
        List<Record> records = new ArrayList<>(List.of(learner.settings()));
        records.addAll(network.records());
        return records;
    }

    /** Settings of the data set. */
    public Record dataSettings() {
        return data.settings();
    }

    /** Every setting in force. */
    public Settings settings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("learner", learnerName());
        all.putAll(network.asSetting());
        all.put("dataset", datasetName());
        records().forEach(record -> all.putAll(Settings.of(record).asMap()));
        return Settings.of(all);
    }

    /** The learner as the catalog knows it. */
    public LearnerSpec<?> learnerSpec() {
        return learner.spec();
    }

    public String learnerName() {
        return learner.spec().name();
    }

    public String datasetName() {
        return data.name();
    }

    /** Whether it learns functions, which are drawn; otherwise it learns to classify images. */
    public boolean learnsFunctions() {
        return data.learnsFunctions();
    }

    /** Whether its data is read from files. */
    public boolean needsPath() {
        return data.needsPath();
    }

    public EpisodeSettings episodes() {
        return episodes;
    }

    public TrainingSettings training() {
        return training;
    }

    OptimizerSettings optimizer() {
        return optimizer;
    }

    /** Decoder of a user's own images for this run's model. */
    public ImageDecoder decoder() {
        return data.images().decoder();
    }

    /** Reads the data set. */
    public SplitDataset load(Optional<Path> path, PackedCache cache, DecodeProgress progress) {
        return data.images().load(path, cache, progress);
    }

    /**
     * This experiment with a number of tasks in a graph, where that was left open: one on the processor; on a GPU the
     * largest part of the meta-batch whose graph fits.
     *
     * @param memory bytes of the GPU that a graph may take; asked for a GPU only
     */
    public Experiment fitted(Device device, LongSupplier memory) {
        return new TasksPerGraph(this).fitted(device, memory);
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
        return new TaskShape(
                data.shape(),
                network.settings().map(this::built),
                data.objective(),
                trainingShape(),
                training.groupSize(),
                trainingClasses);
    }

    private Network built(NetworkSettings settings) {
        try {
            return settings.network(data.shape());
        } catch (IllegalArgumentException e) {
            throw new FewShotException(String.valueOf(e.getMessage()), e);
        }
    }

    EpisodeShape trainingShape() {
        EpisodeShape shape = episodes.training();
        return learnsFunctions() ? new EpisodeShape(1, shape.shot(), shape.query()) : shape;
    }

    /** A task of a function. */
    public Episode episode(SinusoidTask task) {
        return new FunctionTasks(data.functions()).episode(task);
    }

    /** Test functions with their own number of support points; the same wherever they are drawn. */
    public Sinusoids functions(int shot, long seed) {
        return new Sinusoids(shot, episodes.test().query(), seed);
    }

    /** Training episodes of a data set. */
    public EpisodeSampler trainingEpisodes(ImageDataset data) {
        return sampler(data, episodes.training(), episodes.episodeRotation(), training.seed())
                .distorted(episodes.episodeDistortion());
    }

    /** A frozen list of test-shaped episodes. */
    public EpisodeList testEpisodes(ImageDataset data, int count, long seed) {
        return new EpisodeList(
                sampler(data, episodes.test(), episodes.testEpisodeRotation(), seed)
                        .counted(episodes.testQueryCounts()),
                count);
    }

    /** The episodes that models are chosen by, other ones than those of a test. */
    public EpisodeList validationEpisodes(ImageDataset data) {
        return testEpisodes(data, training.validationEpisodes(), VALIDATION_SEED);
    }

    private EpisodeSampler sampler(ImageDataset data, EpisodeShape shape, EpisodeRotation rotation, long seed) {
        return new EpisodeSampler(data, shape, rotation, episodes.normalisation(), seed);
    }

    /** The shape of test episodes. */
    public EpisodeShape testShape() {
        return episodes.test();
    }

    /** Plan of a training on functions. */
    public TrainingPlan<Episode, Learner> plan(String version, String backend) {
        return new Plans(this, version, backend).onFunctions();
    }

    /** Plan of a training on images. */
    public TrainingPlan<Episode, Learner> plan(SplitDataset images, String version, String backend) {
        return new Plans(this, version, backend).on(images);
    }
}
