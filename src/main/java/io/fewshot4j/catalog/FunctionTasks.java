package io.fewshot4j.catalog;

import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import java.util.List;

/** Functions as tasks of a learner. */
record FunctionTasks(SinusoidSettings settings) {
    Episode episode(SinusoidTask task) {
        return new Episode(List.of(), examples(task, task.support()), examples(task, task.query()));
    }

    private LabelledImages examples(SinusoidTask task, Points points) {
        float[] inputs = floats(points.x());
        return LabelledImages.ofFunction(
                settings.shape(), settings.oracle() ? informed(task, inputs) : inputs, floats(points.y()));
    }

    /** Each input with amplitude and phase behind it. */
    private static float[] informed(SinusoidTask task, float[] inputs) {
        float[] rows = new float[SinusoidTask.ORACLE_INPUTS * inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            int row = i * SinusoidTask.ORACLE_INPUTS;
            rows[row] = inputs[i];
            rows[row + 1] = (float) task.function().amplitude();
            rows[row + 2] = (float) task.function().phase();
        }
        return rows;
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }
}
