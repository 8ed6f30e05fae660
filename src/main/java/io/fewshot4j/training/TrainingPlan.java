package io.fewshot4j.training;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a training run follows from, but its model.
 *
 * @param learners makes a learner over a shared model, one for each worker
 * @param episodes to train on; meta-batch {@code i} is its episodes {@code i * metaBatch} and on
 * @param validation frozen episodes, or empty for no validation
 */
public record TrainingPlan(
        TrainingSettings settings,
        OptimizerSettings optimizer,
        Provenance provenance,
        Function<Model, Learner> learners,
        EpisodeSampler episodes,
        Optional<EpisodeList> validation) {
    public TrainingPlan {
        if (settings.patience() > 0 && (validation.isEmpty() || settings.validateEvery() == 0)) {
            throw new FewShotException("patience must be 0 without validation, got " + settings.patience()
                    + "; set validate-every and use data with validation classes");
        }
    }
}
