package io.fewshot4j.cli.run;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.checkpoint.HeldRun;
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
import io.fewshot4j.training.MetaBatches;
import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.Trainer;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingListener;
import io.fewshot4j.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Training in a run folder, from its beginning or from where it has got to: on images, or on functions.
 *
 * @param begins whether nothing may have been trained there
 */
public record TrainingRun(Experiment experiment, TrainingData data, RunFolder folder, boolean begins) {
    private static final long PICTURE_SEED = 3_000_001;

    /** The end of training, the whole curve and, on images, an episode with the model's answers. */
    public record Outcome(TrainingEvent.Stopped stopped, History history, List<EpisodePicture> pictures) {}

    /** Share of a GPU's free memory that a graph may take: the optimiser, gradients and evaluation take some too. */
    private static final double GRAPH_SHARE = 0.7;

    /** Trains; {@code other} hears of it, too. */
    public Outcome train(Console console, StopSignal stop, TrainingListener other) {
        console.compute();
        Experiment fitted = data.images()
                .map(images -> experiment.trainedOn(images.train()))
                .orElse(experiment)
                .fitted(console.device().device(), () -> (long) (GRAPH_SHARE * Backends.freeGpuMemory()));
        try (HeldRun run = begins ? folder.holdNew() : folder.hold();
                ConsoleProgress progress = new ConsoleProgress(console.progress());
                Model model = fitted.initialise(DataType.FLOAT)) {
            List<TrainingEvent> events = new ArrayList<>();
            TrainingListener listener = event -> {
                events.add(event);
                progress.on(event);
                other.on(event);
            };
            TrainingPlan<Episode, Learner> plan = plan(fitted);
            data.images().map(KnownClasses::of).ifPresent(run::keepClasses);
            TrainingEvent.Stopped stopped =
                    new Trainer<>(plan, place(fitted, console), listener, stop).train(model, run);
            History history = RunHistory.until(events.get(0).iteration(), folder, experiment.training());
            events.forEach(history::on);
            List<EpisodePicture> pictures =
                    data.images().map(images -> pictures(images, model)).orElse(List.of());
            return new Outcome(stopped, history, pictures);
        }
    }

    private Optional<MetaBatches.Place<Episode, Learner>> place(Experiment fitted, Console console) {
        return console.engine().training(fitted, data.images().map(SplitDataset::train));
    }

    private TrainingPlan<Episode, Learner> plan(Experiment fitted) {
        return data.images()
                .map(images -> fitted.plan(images, Environment.VERSION, Environment.backend()))
                .orElseGet(() -> fitted.plan(Environment.VERSION, Environment.backend()));
    }

    private List<EpisodePicture> pictures(SplitDataset images, Model model) {
        Split split = images.validation().classCount() >= experiment.testShape().way() ? Split.VALIDATION : Split.TRAIN;
        return new Scoring(experiment::learner, model, 1)
                .pictures(experiment.testEpisodes(images.of(split), 1, PICTURE_SEED), 1);
    }
}
