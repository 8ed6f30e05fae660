package io.fewshot4j;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.backend.Device;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Extensions;
import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.split.KnownClasses;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.Trainer;
import io.fewshot4j.training.TrainingListener;
import io.fewshot4j.training.TrainingPlan;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;

/** Training in a run folder, from its beginning or from where it has got to. */
final class TrainedRun {
    private static final String VERSION =
            String.valueOf(FewShotException.class.getPackage().getImplementationVersion());

    private TrainedRun() {}

    static Run begin(Experiment experiment, Data data, Path folder, Extensions own, TrainingListener listener) {
        try (HeldRun run = RunFolder.create(folder).holdNew()) {
            train(experiment, data, run, listener);
        }
        return Run.open(folder, own);
    }

    static void train(Experiment experiment, Data data, HeldRun run, TrainingListener listener) {
        Backends.start(Device.CPU);
        if (experiment.learnsFunctions()) {
            Experiment fitted = experiment.fitted(Device.CPU, () -> 0);
            train(fitted, fitted.plan(VERSION, Backends.describe()), run, listener);
            return;
        }
        SplitDataset images = load(experiment, data);
        Experiment fitted = experiment.trainedOn(images.train()).fitted(Device.CPU, () -> 0);
        TrainingPlan<Episode, Learner> plan = fitted.plan(images, VERSION, Backends.describe());
        run.keepClasses(KnownClasses.of(images));
        train(fitted, plan, run, listener);
    }

    private static void train(
            Experiment experiment, TrainingPlan<Episode, Learner> plan, HeldRun run, TrainingListener listener) {
        try (Model model = experiment.initialise(DataType.FLOAT)) {
            new Trainer<>(plan, listener, new StopSignal()).train(model, run);
        }
    }

    /** Decoded images are kept in the user's cache. */
    static SplitDataset load(Experiment experiment, Data data) {
        return experiment.load(data.path(), PackedCache.ofUser(), DecodeProgress.silent());
    }
}
