package io.fewshot4j.catalog;

import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.regression.RegressionSettings;
import io.fewshot4j.learner.regression.Regressor;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.OptimizerSettings;
import io.fewshot4j.training.RegressionEvaluator;
import io.fewshot4j.training.RegressionResult;
import io.fewshot4j.training.TrainingPlan;
import io.fewshot4j.training.TrainingSettings;
import io.fewshot4j.training.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** A run on sinusoids with its settings bound: which method, trained how. */
public record SinusoidExperiment(
        RegressionSettings regression, TrainingSettings training, OptimizerSettings optimizer) {
    /** What these runs' data are called. */
    public static final String DATASET = "sinusoid";

    private static final long VALIDATION_SEED = 1_000_001;
    private static final int VALIDATION_TASKS = 100;
    private static final List<Double> RATES = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1);

    /** Binds settings; keys that are not given keep their defaults. */
    public static SinusoidExperiment of(Settings settings) {
        SinusoidExperiment experiment = new SinusoidExperiment(
                settings.bind(RegressionSettings.defaults()),
                settings.bind(TrainingSettings.defaults()),
                settings.bind(OptimizerSettings.defaults()));
        settings.without(List.of("dataset")).requireKnown(experiment.records());
        return experiment;
    }

    private List<Record> records() {
        return List.of(regression, training, optimizer);
    }

    /** Whether settings are of such a run. */
    public static boolean isMeantBy(Settings settings) {
        return settings.get("dataset").equals(Optional.of(DATASET));
    }

    /** Every setting in force. */
    public Settings settings() {
        Map<String, String> all = new LinkedHashMap<>(Map.of("dataset", DATASET));
        records().forEach(record -> all.putAll(Settings.of(record).asMap()));
        return Settings.of(all);
    }

    /** Fresh parameters. */
    public Model initialise(DataType type) {
        return Regressor.initialise(regression, training.seed(), type);
    }

    /** A regressor over a model. */
    public Regressor regressor(Model model) {
        return new Regressor(regression, training.groupSize(), model);
    }

    /** What a trainer needs; there is no validation, as in the paper. */
    public TrainingPlan<SinusoidTask, Regressor> plan(String version, String backend) {
        Sinusoids tasks = new Sinusoids(regression.trainingShot(), regression.query(), training.seed());
        Provenance provenance =
                new Provenance(version, settings().asMap(), training.seed(), Sinusoids.FINGERPRINT, backend);
        return new TrainingPlan<>(training, optimizer, provenance, this::regressor, tasks::task, Optional.empty());
    }

    /**
     * A model's errors on so many tasks. The baselines adapt at the rate that is best on tasks of validation, as in the paper.
     */
    public RegressionResult test(Model model, int shot, int count, long seed) {
        try (Workers<Regressor> workers = new Workers<>(this::regressor, model, training.threads())) {
            return new RegressionEvaluator(workers, count)
                    .evaluate(
                            new Sinusoids(shot, regression.query(), seed),
                            testRate(workers, shot, Math.min(VALIDATION_TASKS, count)));
        }
    }

    private double testRate(Workers<Regressor> workers, int shot, int tasks) {
        return regression.method().isBaseline()
                ? new RegressionEvaluator(workers, tasks)
                        .bestRate(new Sinusoids(shot, regression.query(), VALIDATION_SEED), RATES)
                : regression.innerLearningRate();
    }
}
