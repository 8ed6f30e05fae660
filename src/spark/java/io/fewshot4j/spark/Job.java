package io.fewshot4j.spark;

import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.ParameterLayout;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A training or a test as executors need it.
 *
 * @param id differs from that of any other
 * @param settings of the learner's experiment
 * @param layout of the model
 * @param images none for functions, which are drawn
 * @param tests none for a training
 */
record Job(String id, LinkedHashMap<String, String> settings, Layout layout, List<Images> images, List<Tests> tests)
        implements Serializable {
    /** Arrays of a model. */
    record Layout(ParameterLayout parameters, ParameterLayout statistics) implements Serializable {
        static Layout of(Model model) {
            return new Layout(model.parameters().layout(), model.statistics().layout());
        }
    }

    /**
     * A file of packed images.
     *
     * @param file path on every node if it is shared, else the name under which Spark hands it out
     * @param fingerprint of what it must hold
     */
    record Images(String file, boolean shared, String fingerprint) implements Serializable {}

    /**
     * Test episodes of the images.
     *
     * @param settings of the experiment that draws them
     */
    record Tests(LinkedHashMap<String, String> settings, int count, long seed) implements Serializable {}
}
