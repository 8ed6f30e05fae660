package io.fewshot4j.cli.check;

import io.fewshot4j.FewShotException;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Largest difference of two results.
 *
 * @param value relative to the largest entry of all gradients for a gradient, else to the array's own largest entry or,
 *     where that is less, to 1
 */
record LargestDifference(String array, double value) {
    /** Returns the largest difference over every expected array; {@code gradient} tells which are gradients. */
    static LargestDifference of(
            Map<String, INDArray> found, Map<String, INDArray> expected, Predicate<String> gradient) {
        double gradients = expected.keySet().stream()
                .filter(gradient)
                .mapToDouble(name -> largest(Transfer.read(Lookup.in(expected, name))))
                .max()
                .orElse(1);
        LargestDifference worst = new LargestDifference("", 0);
        for (Map.Entry<String, INDArray> entry : expected.entrySet()) {
            String name = entry.getKey();
            double[] right = Transfer.read(entry.getValue());
            double scale = gradient.test(name) ? gradients : Math.max(1, largest(right));
            double value = difference(values(found, name, right.length), right) / scale;
            if (!(value <= worst.value())) {
                worst = new LargestDifference(name, value);
            }
        }
        return worst;
    }

    private static double[] values(Map<String, INDArray> found, String name, int length) {
        INDArray array = found.get(name);
        if (array == null || array.length() != length) {
            throw new FewShotException("results must hold " + length + " values of " + name + ", got "
                    + (array == null ? "none" : array.length()) + "; compare results of the same version");
        }
        return Transfer.read(array);
    }

    private static double difference(double[] found, double[] right) {
        double worst = 0;
        for (int i = 0; i < right.length; i++) {
            double difference = Math.abs(found[i] - right[i]);
            if (!(difference <= worst)) {
                worst = difference;
            }
        }
        return worst;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
