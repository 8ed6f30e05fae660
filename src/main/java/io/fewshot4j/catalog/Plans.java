package io.fewshot4j.catalog;

import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.training.EpisodeValidation;
import io.fewshot4j.training.TrainingPlan;
import io.fewshot4j.training.TrainingSettings;
import io.fewshot4j.training.Validation;
import java.util.Optional;
import java.util.function.LongFunction;

/** Plans of training an experiment, by a version of this program on a backend. */
record Plans(Experiment experiment, String version, String backend) {
    /** Without validation, as in the paper. */
    TrainingPlan<Episode, Learner> onFunctions() {
        Sinusoids functions = new Sinusoids(
                experiment.trainingShape().shot(),
                experiment.episodes().query(),
                experiment.training().seed());
        return plan(Sinusoids.FINGERPRINT, index -> experiment.episode(functions.task(index)), Optional.empty());
    }

    TrainingPlan<Episode, Learner> on(SplitDataset images) {
        boolean validated = experiment.training().validateEvery() > 0;
        String testClasses = experiment.settings().get("test-classes").orElse("");
        new NeededShapes(experiment.episodes(), validated, testClasses).require(images);
        boolean validates = validated && images.validation().classCount() > 0;
        return plan(
                images.train().fingerprint(),
                experiment.trainingEpisodes(images.train())::episode,
                validates ? Optional.of(validation(images)) : Optional.empty());
    }

    private EpisodeValidation validation(SplitDataset images) {
        return new EpisodeValidation(
                experiment.validationEpisodes(images.validation()),
                experiment.training().validationStatistics());
    }

    private TrainingPlan<Episode, Learner> plan(
            String fingerprint, LongFunction<Episode> tasks, Optional<Validation<Learner>> validation) {
        TrainingSettings training = experiment.training();
        Provenance provenance =
                new Provenance(version, experiment.settings().asMap(), training.seed(), fingerprint, backend);
        return new TrainingPlan<>(training, experiment.optimizer(), provenance, experiment::learner, tasks, validation);
    }
}
