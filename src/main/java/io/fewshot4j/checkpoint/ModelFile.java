package io.fewshot4j.checkpoint;

import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model as the arrays of {@code parameters.npz}: parameters by name, then statistics with a prefix. */
final class ModelFile {
    private static final String STATISTICS = "statistics.";

    private ModelFile() {}

    /** The model's own arrays. */
    static Map<String, INDArray> arrays(Model model) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        model.parameters().names().forEach(name -> {
            if (name.startsWith(STATISTICS)) {
                throw new IllegalArgumentException(
                        "a parameter's name must not start with " + STATISTICS + ", got " + name);
            }
            arrays.put(name, model.parameters().get(name));
        });
        model.statistics()
                .names()
                .forEach(
                        name -> arrays.put(STATISTICS + name, model.statistics().get(name)));
        return arrays;
    }

    /** A model with memory of its own. */
    static Model model(Map<String, INDArray> arrays) throws DamageException {
        DataType type =
                arrays.values().stream().findFirst().map(INDArray::dataType).orElse(DataType.FLOAT);
        ParameterLayout parameters = ParameterLayout.none();
        ParameterLayout statistics = ParameterLayout.none();
        for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
            String name = array.getKey();
            if (array.getValue().dataType() != type) {
                throw new DamageException("all arrays of a model must have the type of the first, " + type + ", got "
                        + array.getValue().dataType() + " for " + name);
            }
            if (name.startsWith(STATISTICS)) {
                statistics = statistics.with(
                        name.substring(STATISTICS.length()), array.getValue().shape());
            } else {
                parameters = parameters.with(name, array.getValue().shape());
            }
        }
        return new Model(filled(parameters, type, "", arrays), filled(statistics, type, STATISTICS, arrays));
    }

    private static Parameters filled(
            ParameterLayout layout, DataType type, String prefix, Map<String, INDArray> arrays) {
        Parameters parameters = Parameters.zeros(layout, type);
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix) && parameters.names().contains(name.substring(prefix.length()))) {
                parameters.get(name.substring(prefix.length())).assign(array);
            }
        });
        return parameters;
    }
}
