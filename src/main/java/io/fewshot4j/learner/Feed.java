package io.fewshot4j.learner;

import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.tensor.Transfer;
import java.util.List;

/** Writes numbers into a graph's inputs. */
public final class Feed {
    private Feed() {}

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
}
