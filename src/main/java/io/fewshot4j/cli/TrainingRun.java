package io.fewshot4j.cli;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.split.KnownClasses;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.report.EpisodePicture;
import io.fewshot4j.report.History;
import io.fewshot4j.report.console.ConsoleProgress;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.Trainer;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingListener;
import io.fewshot4j.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Training in a run folder, from its beginning or from where it has got to. */
record TrainingRun(Experiment experiment, SplitDataset data, RunFolder folder) {
    private static final long PICTURE_SEED = 3_000_001;

    /** How it ended, the whole curve, and an episode with the model's answers at the end. */
    record Outcome(TrainingEvent.Stopped stopped, History history, EpisodePicture picture) {}

    /** How much of a GPU's free memory a graph may take: the optimiser, gradients and evaluation take some too. */
    private static final double GRAPH_SHARE = 0.7;

    /** Trains; {@code other} hears of it, too. */
    Outcome train(Console console, StopSignal stop, TrainingListener other) {
        console.compute();
        Experiment fitted = experiment
                .trainedOn(data.train())
                .fitted(console.device().device(), () -> (long) (GRAPH_SHARE * Backends.freeGpuMemory()));
        try (ConsoleProgress progress = new ConsoleProgress(console.progress());
                Model model = fitted.initialise(DataType.FLOAT)) {
            List<TrainingEvent> events = new ArrayList<>();
            TrainingListener listener = event -> {
                events.add(event);
                progress.on(event);
                other.on(event);
            };
            TrainingPlan<Episode, Learner> plan = fitted.plan(data, Environment.VERSION, Environment.backend());
            folder.keepClasses(KnownClasses.of(data));
            TrainingEvent.Stopped stopped = new Trainer<>(plan, listener, stop).train(model, folder);
            History history = RunHistory.until(events.get(0).iteration(), folder, experiment.training());
            events.forEach(history::on);
            return new Outcome(stopped, history, picture(model));
        }
    }

    private EpisodePicture picture(Model model) {
        Split split = data.validation().classCount() >= experiment.testShape().way() ? Split.VALIDATION : Split.TRAIN;
        return new Scoring(experiment::learner, model, 1)
                .pictures(experiment.testEpisodes(data.of(split), 1, PICTURE_SEED), 1)
                .get(0);
    }
}
