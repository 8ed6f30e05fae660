package io.fewshot4j.learner.baseline;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Images as DeepLearning4J takes them. */
final class Batch {
    private Batch() {}

    /** [images, channels, height, width], of all sets one after another; the caller closes it. */
    static INDArray images(DataType type, List<LabelledImages> sets) {
        int count = sets.stream().mapToInt(LabelledImages::count).sum();
        ImageShape shape = sets.get(0).shape();
        float[] values = new float[count * shape.size()];
        int from = 0;
        for (LabelledImages set : sets) {
            channelFirst(set, values, from);
            from += set.count() * shape.size();
        }
        INDArray array = Nd4j.create(type, count, shape.channels(), shape.height(), shape.width());
        Transfer.write(values, array);
        return array;
    }

    private static void channelFirst(LabelledImages images, float[] target, int from) {
        float[] pixels = images.pixels();
        int channels = images.shape().channels();
        int area = images.shape().size() / channels;
        for (int i = 0; i < pixels.length; i++) {
            int image = i / (area * channels);
            int position = i / channels % area;
            target[from + (image * channels + i % channels) * area + position] = pixels[i];
        }
    }

    /** One-hot rows [labels, classes]; the caller closes it. */
    static INDArray oneHot(DataType type, int[] labels, int classes) {
        double[] rows = new double[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            rows[i * classes + labels[i]] = 1;
        }
        return rows(type, rows, classes);
    }

    /** Values as [rows, columns]; the caller closes it. */
    static INDArray rows(DataType type, double[] values, int columns) {
        INDArray array = Nd4j.create(type, values.length / columns, columns);
        Transfer.write(values, array);
        return array;
    }
}
