package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes images and labels into a graph's inputs, and reads answers back. */
public final class Feed {
    private Feed() {}

    /** The images' patches. */
    public static void images(Executor executor, String input, Patches patches, float[] pixels) {
        Transfer.write(patches.of(pixels), executor.input(input));
    }

    /** The labels as one-hot rows. */
    public static void labels(Executor executor, String input, LabelledImages images, int way) {
        float[] oneHot = new float[images.count() * way];
        for (int i = 0; i < images.count(); i++) {
            oneHot[i * way + images.label(i)] = 1;
        }
        Transfer.write(oneHot, executor.input(input));
    }

    /** The outputs called {@code prefix} and each name of a layout, as parameters that are the caller's. */
    public static Parameters parameters(Executor executor, String prefix, ParameterLayout layout) {
        Parameters result = Parameters.zeros(layout, executor.type());
        long offset = 0;
        for (ParameterLayout.Entry entry : layout.entries()) {
            Transfer.copy(executor.output(prefix + entry.name()), result.flat(), offset);
            offset += entry.length();
        }
        return result;
    }

    /** Softmax of logits [queries, way]. */
    public static Scores scores(INDArray logits) {
        int way = Math.toIntExact(logits.size(1));
        double[] values = Transfer.read(logits);
        for (int row = 0; row < values.length; row += way) {
            softmax(values, row, way);
        }
        return new Scores(way, values);
    }

    private static void softmax(double[] values, int from, int way) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + way; i++) {
            max = Math.max(max, values[i]);
        }
        double sum = 0;
        for (int i = from; i < from + way; i++) {
            values[i] = Math.exp(values[i] - max);
            sum += values[i];
        }
        for (int i = from; i < from + way; i++) {
            values[i] /= sum;
        }
    }

    /** The share of images whose highest score is their label's, 0 to 1. */
    public static double accuracy(Scores scores, LabelledImages images) {
        int right = 0;
        for (int i = 0; i < images.count(); i++) {
            right += scores.predicted(i) == images.label(i) ? 1 : 0;
        }
        return (double) right / images.count();
    }
}
