package io.fewshot4j.learner;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * A learner as the catalog knows it.
 *
 * @param <S> its settings: a record whose components are options
 */
public interface LearnerSpec<S extends Record> {
    /** One lower-case word, as in presets and on the command line. */
    String name();

    /** One line: what it is, and the paper. */
    String summary();

    /** The settings where nothing else is said. */
    S defaults();

    /** Fresh parameters, a pure function of its arguments. */
    Model initialise(S settings, TaskShape shape, long seed, DataType type);

    /** A learner over a model that stays the caller's. */
    Learner create(S settings, TaskShape shape, Model model);
}
