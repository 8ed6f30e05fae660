package io.fewshot4j.training;

import com.sun.management.OperatingSystemMXBean;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.runtime.OperationTimes;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Times meta-iterations as training makes them: every task's meta-gradient on the workers, the mean, the optimiser's
 * step.
 */
public final class Benchmark {
    private static final int WARM_UP = 3;

    private final Workers<Learner> workers;
    private final MetaOptimizer optimizer;
    private final Model model;

    /** A benchmark of what stays the caller's; the model is changed. */
    public Benchmark(Workers<Learner> workers, MetaOptimizer optimizer, Model model) {
        this.workers = workers;
        this.optimizer = optimizer;
        this.model = model;
    }

    /** Medians over some meta-iterations. */
    public record Timing(double seconds, double coreSeconds) {}

    /**
     * Times meta-iterations on one meta-batch, after a warm-up.
     *
     * @param tasksPerGraph as the learners were made for
     * @param repeats how many, at least 1
     * @param done hears how many are made
     */
    public Timing measure(List<Episode> metaBatch, int tasksPerGraph, int repeats, IntConsumer done) {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<Double> seconds = new ArrayList<>();
        List<Double> coreSeconds = new ArrayList<>();
        for (int i = 0; i < WARM_UP + repeats; i++) {
            long wall = System.nanoTime();
            long cores = process.getProcessCpuTime();
            try (MetaGradient mean = GradientSum.mean(workers, metaBatch, tasksPerGraph, i)) {
                optimizer.step(model.parameters(), mean.gradient(), i);
            }
            if (i >= WARM_UP) {
                seconds.add((System.nanoTime() - wall) * 1e-9);
                coreSeconds.add((process.getProcessCpuTime() - cores) * 1e-9);
                done.accept(i + 1 - WARM_UP);
            }
        }
        return new Timing(median(seconds), median(coreSeconds));
    }

    /** Times of the executors' calls of one meta-iteration, after {@link #measure}. */
    public List<OperationTimes.Time> operations(List<Episode> metaBatch, int tasksPerGraph) {
        return OperationTimes.during(() -> {
            try (MetaGradient mean = GradientSum.mean(workers, metaBatch, tasksPerGraph, 0)) {
                optimizer.step(model.parameters(), mean.gradient(), 0);
            }
        });
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
