package io.fewshot4j.learner;

import io.fewshot4j.tensor.Parameters;
import java.util.List;

/**
 * Means over some tasks: query loss, query accuracy (0 to 1; NaN where tasks have no classes), the gradient by the parameters, and the statistics seen
 * (empty where the learner keeps none). Owns its arrays.
 */
public record MetaGradient(int tasks, double loss, double accuracy, Parameters gradient, Parameters statistics)
        implements AutoCloseable {
    /** The mean of several, weighted by their tasks, in the memory of the first; the others are closed. */
    public static MetaGradient mean(List<MetaGradient> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int tasks = parts.stream().mapToInt(MetaGradient::tasks).sum();
        MetaGradient first = parts.get(0);
        double loss = 0;
        double accuracy = 0;
        for (MetaGradient part : parts) {
            double weight = (double) part.tasks() / tasks;
            loss += part.loss() * weight;
            accuracy += part.accuracy() * weight;
            part.gradient().flat().muli(weight);
            part.statistics().flat().muli(weight);
        }
        for (MetaGradient part : parts.subList(1, parts.size())) {
            first.gradient().flat().addi(part.gradient().flat());
            first.statistics().flat().addi(part.statistics().flat());
            part.close();
        }
        return new MetaGradient(tasks, loss, accuracy, first.gradient(), first.statistics());
    }

    @Override
    public void close() {
        gradient.close();
        statistics.close();
    }
}
