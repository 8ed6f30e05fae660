package io.fewshot4j.training;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.learner.Model;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * All that a training run follows from, but its model.
 *
 * @param learners makes a learner over a shared model, one for each worker
 * @param <T> the kind of task
 * @param <L> the kind of learner
 * @param tasks to train on, by index; meta-batch {@code i} is the tasks {@code i * metaBatch} and on
 * @param validation empty for none
 */
public record TrainingPlan<T, L extends MetaLearner<T>>(
        TrainingSettings settings,
        OptimizerSettings optimizer,
        Provenance provenance,
        Function<Model, L> learners,
        LongFunction<T> tasks,
        Optional<Validation<L>> validation) {
    public TrainingPlan {
        if (settings.patience() > 0 && (validation.isEmpty() || settings.validateEvery() == 0)) {
            throw new FewShotException("patience must be 0 without validation, got " + settings.patience()
                    + "; set validate-every and use data with validation classes");
        }
    }
}
