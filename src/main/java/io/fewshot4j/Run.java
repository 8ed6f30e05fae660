package io.fewshot4j;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.backend.Device;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Extensions;
import io.fewshot4j.catalog.HeadData;
import io.fewshot4j.catalog.HeadTests;
import io.fewshot4j.catalog.Heads;
import io.fewshot4j.catalog.SavedExperiment;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.CheckpointStore;
import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.head.HeadLearner;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.Evaluator;
import io.fewshot4j.training.JobWatch;
import io.fewshot4j.training.TrainingListener;
import io.fewshot4j.training.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A trained model in its run folder, opened at its best checkpoint by validation, or its latest where there was none.
 * The command line reads and writes the same folders.
 */
public final class Run implements AutoCloseable {
    /** Draws test episodes, other ones than training and validation draw. */
    private static final long TEST_SEED = 2_000_001;

    private final Path folder;
    private final Experiment experiment;
    private final Extensions own;
    private final Checkpoint checkpoint;

    private Run(Path folder, Experiment experiment, Extensions own, Checkpoint checkpoint) {
        this.folder = folder;
        this.experiment = experiment;
        this.own = own;
        this.checkpoint = checkpoint;
    }

    /**
     * A run that {@link Training#run} or {@code fewshot4j train} has made.
     *
     * @throws FewShotException if the folder is no run, has no checkpoint, or is damaged
     */
    public static Run open(Path folder) {
        return open(folder, Extensions.NONE);
    }

    /**
     * A run on a network of your own.
     *
     * @param own by the names that they were trained under
     */
    public static Run open(Path folder, Extensions own) {
        Backends.start(Device.CPU);
        CheckpointStore store = RunFolder.open(folder).checkpoints();
        Checkpoint checkpoint = store.best()
                .or(store::latest)
                .orElseThrow(() -> new FewShotException(
                        "run " + folder + " must have a checkpoint, but was ended before its first; train it again"));
        return new Run(folder, SavedExperiment.of(checkpoint, own), own, checkpoint);
    }

    /**
     * Trains on until so many iterations are made, and opens the run anew; this one must be closed all the same. To
     * stop and to go on gives the same bits as not to stop.
     *
     * @throws FewShotException if the data are not the run's own
     */
    public Run resume(Data data, long iterations, TrainingListener listener) {
        Settings longer = Settings.of(Map.of("iterations", Long.toString(iterations)));
        try (HeldRun run = RunFolder.open(folder).hold()) {
            TrainedRun.train(experiment.with(longer), data, run, listener);
        }
        return open(folder, own);
    }

    /** Every setting in force, by key. */
    public Map<String, String> settings() {
        return experiment.settings().asMap();
    }

    /** Iterations after which the opened model was saved. */
    public long iteration() {
        return checkpoint.manifest().progress().iteration();
    }

    /**
     * Accuracy on frozen test episodes, with 95 % intervals, under all batch statistics that the learner supports:
     * transductive and inductive figures side by side. Of the run's own data the classes are those of the test in
     * training, of other data that no folder or list divides all.
     *
     * @param episodes number of episodes, such as 600
     */
    public EvaluationResult evaluate(Data data, int episodes) {
        Experiment asked = experiment.with(data.settings());
        try (Workers<Learner> workers = new Workers<>(
                asked::learner, checkpoint.model(), asked.training().threads())) {
            return new Evaluator(workers)
                    .evaluate(
                            Split.TEST,
                            asked.testEpisodes(untrained(TrainedRun.load(asked, data)), episodes, TEST_SEED),
                            workers.ask(Learner::supportedStatistics),
                            done -> {});
        }
    }

    /**
     * Accuracy of classifiers on the run's embedding, each on the same frozen test episodes, in the order of their
     * names.
     *
     * @param heads names such as {@code "ridge"}, those of {@code fewshot4j evaluate --help}
     * @throws FewShotException if there is no such head, or the learner has no embedding
     */
    public List<EvaluationResult> evaluate(Data data, int episodes, List<String> heads) {
        Experiment asked = experiment.with(data.settings());
        SplitDataset images = TrainedRun.load(asked, data);
        HeadData classes = new HeadData(untrained(images), images.train(), images.validation());
        try (Workers<Learner> workers = new Workers<>(
                asked::learner, checkpoint.model(), asked.training().threads())) {
            return new HeadTests(asked, workers, classes, JobWatch.silent())
                    .evaluate(Split.TEST, asked.testEpisodes(classes.tested(), episodes, TEST_SEED), heads);
        }
    }

    private ImageDataset untrained(SplitDataset data) {
        return RunFolder.open(folder)
                .knownClasses(checkpoint.manifest())
                .map(known -> known.part(data, Split.TEST).images())
                .orElse(data.test());
    }

    /**
     * Adapts to a few examples of each class.
     *
     * @param examples a folder with a folder of images for each class
     * @throws FewShotException if there are fewer than two classes, or another number than the learner was trained for,
     *     or an image is damaged
     */
    public Classifier classifier(Path examples) {
        OwnExamples own = OwnExamples.read(
                examples, experiment.decoder(), experiment.episodes().normalisation());
        return new Classifier(own, inductive(), experiment.learner(checkpoint.model()));
    }

    /**
     * A classifier on the run's embedding that learns from a few examples of each class.
     *
     * @param examples a folder with a folder of images for each class
     * @param head such as {@code "ridge"}, see {@code fewshot4j classify --help}; one that is not transductive
     * @throws FewShotException if there is no such head, or the learner has no embedding, or an image is damaged
     */
    public Classifier classifier(Path examples, String head) {
        OwnExamples own = OwnExamples.read(
                examples, experiment.decoder(), experiment.episodes().normalisation());
        return new Classifier(
                own, BatchStatistics.RUNNING, HeadLearner.on(experiment.learner(checkpoint.model()), Heads.of(head)));
    }

    private BatchStatistics inductive() {
        BatchStatistics validation = experiment.training().validationStatistics();
        return validation.transductive() ? BatchStatistics.SUPPORT_AND_ONE_QUERY : validation;
    }

    /** Frees the model's memory. */
    @Override
    public void close() {
        checkpoint.close();
    }
}
