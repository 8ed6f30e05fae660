package io.fewshot4j;

import io.fewshot4j.catalog.ChangedSettings;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Extensions;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A learner, its network and how it is trained; immutable. A whole program:
 *
 * <pre>{@code
 * Training training = Training.preset("protonet/omniglot-5way-1shot").with("train-way", 5).with("iterations", 2000);
 * try (Run run = training.run(Data.images(Path.of("my-images")), Path.of("runs/mine"));
 *         Classifier classifier = run.classifier(Path.of("few-examples"))) {
 *     Prediction answer = classifier.classify(Path.of("new.png"));
 *     System.out.println(answer.label() + " " + answer.probability());
 * }
 * }</pre>
 */
public final class Training {
    private final Settings settings;
    private final Extensions own;
    private final TrainingListener listener;

    private Training(Settings settings, Extensions own, TrainingListener listener) {
        this.settings = settings;
        this.own = own;
        this.listener = listener;
    }

    /**
     * The training of a published experiment.
     *
     * @param name such as {@code maml/omniglot-5way-1shot}: see {@code fewshot4j presets}; or a YAML file like one
     * @throws FewShotException if there is no such preset
     */
    public static Training preset(String name) {
        return new Training(Presets.find(name).settings(), Extensions.NONE, event -> {});
    }

    /** The training of a learner of the catalog, such as {@code protonet}, with its own defaults. */
    public static Training of(String learner) {
        return new Training(Settings.of(Map.of("learner", learner)), Extensions.NONE, event -> {});
    }

    /**
     * This training with a setting in its place, such as {@code with("shot", 5)}: see {@code fewshot4j train --help}.
     */
    public Training with(String key, Object value) {
        Map<String, String> one = new LinkedHashMap<>();
        one.put(key, String.valueOf(value));
        return new Training(ChangedSettings.of(settings, Settings.of(one), own), own, listener);
    }

    /**
     * This training on a network of your own.
     *
     * @param name by which checkpoints call it; the same network must be given when they are opened
     * @param network a record whose components are settings
     */
    public Training network(String name, NetworkSettings network) {
        return extended(own.with(name, network), "network", name);
    }

    /** This training with a learner of your own; the same learner must be given when its runs are opened. */
    public Training learner(LearnerSpec<?> learner) {
        return extended(own.with(learner), "learner", learner.name());
    }

    private Training extended(Extensions all, String key, String name) {
        return new Training(ChangedSettings.of(settings, Settings.of(Map.of(key, name)), all), all, listener);
    }

    /** This training with a listener that hears of every update, validation and checkpoint, on the training thread. */
    public Training listener(TrainingListener hears) {
        return new Training(settings, own, hears);
    }

    /**
     * Trains a model in a new folder, and opens it at its best checkpoint by validation. The caller closes it.
     *
     * @throws FewShotException if a setting is impossible, the data do not suit it, the folder is in use, or training
     *     diverges
     */
    public Run run(Data data, Path folder) {
        Settings all = ChangedSettings.of(settings, data.settings(), own);
        return TrainedRun.begin(Experiment.of(all, own), data, folder, own, listener);
    }
}
