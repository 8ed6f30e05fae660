package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A run's state after some iteration: all that training needs to go on exactly. Closing it frees its arrays. */
public record Checkpoint(Manifest manifest, Model model, Map<String, INDArray> optimizer) implements AutoCloseable {
    public Checkpoint {
        optimizer = Collections.unmodifiableMap(new LinkedHashMap<>(optimizer));
    }

    /**
     * Copies parameters and statistics into a model.
     *
     * @throws FewShotException if names, shapes or number types differ
     */
    public void restore(Model target) {
        requireFit(target);
        target.parameters().assign(model.parameters());
        target.statistics().assign(model.statistics());
    }

    /**
     * Makes sure that parameters and statistics have the names, shapes and number types of a model, in its order.
     *
     * @throws FewShotException if one differs
     */
    public void requireFit(Model expected) {
        requireFit(model.parameters(), expected.parameters());
        requireFit(model.statistics(), expected.statistics());
    }

    private void requireFit(Parameters from, Parameters to) {
        List<String> found = describe(from);
        List<String> expected = describe(to);
        if (!found.equals(expected)) {
            found.removeAll(describe(to));
            expected.removeAll(describe(from));
            throw new FewShotException(
                    "the checkpoint of iteration " + manifest.progress().iteration()
                            + " must hold " + expected + " for these settings, got " + found
                            + "; use the settings it was made with");
        }
    }

    private static List<String> describe(Parameters parameters) {
        List<String> lines = new ArrayList<>();
        for (ParameterLayout.Entry entry : parameters.layout().entries()) {
            lines.add(
                    entry.name() + " " + entry.shape() + " " + parameters.flat().dataType());
        }
        return lines;
    }

    @Override
    public void close() {
        model.close();
        optimizer.values().forEach(INDArray::close);
    }
}
