package io.fewshot4j.catalog;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Settings;
import org.nd4j.linalg.api.buffer.DataType;

/** A learner with its settings bound. */
record ConfiguredLearner<S extends Record>(LearnerSpec<S> spec, S settings) {
    static <S extends Record> ConfiguredLearner<S> of(LearnerSpec<S> spec, Settings settings) {
        return new ConfiguredLearner<>(spec, settings.bind(spec.defaults()));
    }

    Model initialise(TaskShape shape, long seed, DataType type) {
        return spec.initialise(settings, shape, seed, type);
    }

    Learner create(TaskShape shape, Model model) {
        return spec.create(settings, shape, model);
    }
}
