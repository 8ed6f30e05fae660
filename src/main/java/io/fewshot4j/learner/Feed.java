package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes images and labels into a graph's inputs, and reads answers back. */
public final class Feed {
    private Feed() {}

    /** Each task's images, as the patches or the images that {@link io.fewshot4j.graph.Conv4#input} asked for. */
    public static void images(Executor executor, String input, Patches patches, List<LabelledImages> tasks) {
        pixels(
                executor,
                input,
                patches,
                tasks.stream().map(LabelledImages::pixels).toList());
    }

    /** The same for pixels [images, height, width, channels] of each task. Patches are made image by image: they take nine times the pixels. */
    public static void pixels(Executor executor, String input, Patches patches, List<float[]> tasks) {
        INDArray target = executor.input(input);
        if (target.columns() == patches.channels()) {
            write(executor, input, tasks);
            return;
        }
        float[] ofImage = new float[patches.length()];
        long images = tasks.stream().mapToLong(patches::images).sum();
        if (images * ofImage.length != target.length()) {
            throw new IllegalArgumentException(
                    input + " must have the patches of " + target.length() / ofImage.length + " images, got " + images);
        }
        long offset = 0;
        for (float[] task : tasks) {
            for (int image = 0; image < patches.images(task); image++) {
                patches.of(task, image, ofImage);
                Transfer.write(ofImage, target, offset);
                offset += ofImage.length;
            }
        }
    }

    /** The labels of each task's images as one-hot rows. */
    public static void labels(Executor executor, String input, List<LabelledImages> tasks, int way) {
        write(executor, input, tasks.stream().map(images -> oneHot(images, way)).toList());
    }

    /** Values of each task, one after another. */
    public static void write(Executor executor, String input, List<float[]> tasks) {
        float[] all = tasks.get(0);
        if (tasks.size() > 1) {
            all = new float[tasks.size() * all.length];
            for (int i = 0; i < tasks.size(); i++) {
                System.arraycopy(tasks.get(i), 0, all, i * tasks.get(i).length, tasks.get(i).length);
            }
        }
        Transfer.write(all, executor.input(input));
    }

    /** One-hot rows, [images, way]. */
    public static float[] oneHot(LabelledImages images, int way) {
        float[] rows = new float[images.count() * way];
        for (int i = 0; i < images.count(); i++) {
            rows[i * way + images.label(i)] = 1;
        }
        return rows;
    }

    /** Softmax of logits [queries, way]. */
    public static Scores scores(INDArray logits) {
        int way = Math.toIntExact(logits.size(1));
        return Scores.ofLogits(way, Transfer.read(logits));
    }
}
