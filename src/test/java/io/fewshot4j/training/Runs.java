package io.fewshot4j.training;

import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.MemoryDataset;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Small training runs. */
final class Runs {
    static final MemoryDataset DATA = new MemoryDataset(9, 6, new ImageShape(3, 3, 1));
    static final EpisodeShape SHAPE = new EpisodeShape(3, 1, 2);
    static final OptimizerSettings COSINE =
            new OptimizerSettings(Updater.ADAM, 0.01, LearningRateSchedule.COSINE, 10, 0.5, 1e-4, 0.9, Clip.NORM, 0.1);

    private Runs() {}

    static TrainingSettings settings(long iterations, int threads, int patience) {
        return new TrainingSettings(iterations, 6, 2, threads, 1, 0.1, 5, 8, BatchStatistics.BATCH, patience, 10, 2);
    }

    static TrainingPlan<Episode, Learner> plan(TrainingSettings settings, Function<Model, Learner> learners) {
        EpisodeSampler episodes = new EpisodeSampler(DATA, SHAPE, EpisodeRotation.PER_CLASS, settings.seed());
        EpisodeValidation validation =
                new EpisodeValidation(validation(settings.validationEpisodes()), settings.validationStatistics());
        Provenance provenance = new Provenance(
                "0.1.0", Map.of("inner-learning-rate", "0.4"), settings.seed(), episodes.fingerprint(), "cpu");
        return new TrainingPlan<>(settings, COSINE, provenance, learners, episodes::episode, Optional.of(validation));
    }

    static EpisodeList validation(int episodes) {
        return new EpisodeList(new EpisodeSampler(DATA, SHAPE, EpisodeRotation.NONE, 99), episodes);
    }

    static TrainingPlan<Episode, Learner> plan(long iterations, int threads) {
        return plan(settings(iterations, threads, 0), LinearLearner::new);
    }

    static Model model() {
        return LinearLearner.model(SHAPE.way(), DATA.shape().size());
    }

    /** Trains from a fresh model, or from where the folder's run has got to. */
    static TrainingEvent.Stopped train(
            TrainingPlan<Episode, Learner> plan, RunFolder run, TrainingListener listener, StopSignal stop) {
        try (Model model = model();
                HeldRun held = run.hold()) {
            return new Trainer<>(plan, listener, stop).train(model, held);
        }
    }

    static TrainingEvent.Stopped train(TrainingPlan<Episode, Learner> plan, RunFolder run) {
        return train(plan, run, event -> {}, new StopSignal());
    }
}
