package io.fewshot4j.learner;

import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.NetworkSettings;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An algorithm as the catalog knows it: everything that is said of it anywhere is said here.
 *
 * @param <S> its settings: a record whose components are options
 */
public interface LearnerSpec<S extends Record> {
    /** One lower-case word, as in presets and on the command line. */
    String name();

    /** One line: what it is, and the paper. */
    String summary();

    /** Settings where nothing else is said. */
    S defaults();

    /** Settings of the network where nothing else is said; empty for a learner that has a network of its own. */
    default Optional<NetworkSettings> network() {
        return Optional.of(Conv4Settings.maxPooled(64));
    }

    /** Whether it learns to classify. */
    default boolean classifies() {
        return true;
    }

    /** Whether it learns functions: a network's outputs are then values. */
    default boolean fitsFunctions() {
        return false;
    }

    /** Keys of settings that may differ when a trained model is tested. */
    default Set<String> testSettings() {
        return Set.of();
    }

    /** Whether a trained model takes support sets of any number of classes. */
    default boolean takesAnyWay() {
        return false;
    }

    /** Fresh parameters, a pure function of its arguments. */
    Model initialise(S settings, TaskShape shape, long seed, DataType type);

    /** A learner over a model that stays the caller's. */
    Learner create(S settings, TaskShape shape, Model model);
}
