package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Value;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.nn.ImageEncoding;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A set of examples of each task as inputs of a graph: its images, and the targets of its examples. Graph and feeder
 * share it, so that they agree.
 *
 * @param name input of the images; that of the targets has {@code -targets} behind it
 * @param count examples of each task
 * @param encoding how images enter a graph of so many tasks
 * @param outputs columns of the targets
 */
public record SetInput(String name, int count, IntFunction<ImageEncoding> encoding, int outputs) {
    /** Images [count x rows, columns] as the encoding has them. */
    public Value images(Graph graph) {
        ImageEncoding rows = encoding.apply(graph.tasks());
        return graph.taskInput(name, count * rows.rows(), rows.columns());
    }

    /** Targets [count, outputs]: one-hot rows of labels, or values. */
    public Value targets(Graph graph) {
        return graph.taskInput(targets(), count, outputs);
    }

    private String targets() {
        return name + "-targets";
    }

    /**
     * Writes one set for each task of an executor's graph: images and targets, those of both that the graph reads.
     *
     * @throws IllegalArgumentException if a set has another number of examples
     */
    public void feed(Executor executor, List<LabelledImages> tasks) {
        for (LabelledImages set : tasks) {
            if (set.count() != count) {
                throw new IllegalArgumentException(name + " must have " + count + " examples, got " + set.count());
            }
        }
        if (executor.inputs().contains(name)) {
            feedImages(executor, tasks);
        }
        if (executor.inputs().contains(targets())) {
            Feed.write(
                    executor,
                    targets(),
                    tasks.stream().map(set -> set.targets(outputs)).toList());
        }
    }

    /** Writes images alone. */
    public void feedImages(Executor executor, List<LabelledImages> tasks) {
        feedPixels(executor, tasks.stream().map(LabelledImages::pixels).toList());
    }

    /**
     * Writes the pixels [count, height, width, channels] of each task, image by image: patches take nine times the
     * pixels.
     */
    public void feedPixels(Executor executor, List<float[]> tasks) {
        ImageEncoding rows = encoding.apply(tasks.size());
        float[] ofImage = new float[rows.rows() * rows.columns()];
        long offset = 0;
        for (float[] pixels : tasks) {
            for (int image = 0; image < count; image++) {
                rows.encode(pixels, image, ofImage);
                Transfer.write(ofImage, executor.input(name), offset);
                offset += ofImage.length;
            }
        }
    }
}
