package io.fewshot4j.learner.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.LiveArrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

final class MemoryTest {
    private static final int IMAGE = 8;

    @Test
    void a_thousand_meta_gradients_leave_nothing_behind() {
        GradientSettings settings = Tasks.settings();
        List<Episode> tasks = List.of(Tasks.episode(IMAGE, 0));
        try (Model model = new Maml().initialise(settings, Tasks.shape(IMAGE, "filters=2"), 1, DataType.FLOAT);
                Learner learner = new Maml().create(settings, Tasks.shape(IMAGE, "filters=2"), model)) {
            compute(learner, tasks, 200);
            int arrays = LiveArrays.settled();
            long heap = settledHeap();
            compute(learner, tasks, 1000);

            assertThat(LiveArrays.settled()).isEqualTo(arrays);
            assertThat(settledHeap() - heap).as("bytes of heap").isLessThan(200_000);
        }
    }

    private static void compute(Learner learner, List<Episode> tasks, int times) {
        for (int i = 0; i < times; i++) {
            learner.metaGradient(tasks).close();
        }
    }

    /** Bytes used after collections, once ten of them in a row have freed nothing to speak of. */
    private static long settledHeap() {
        long fewest = Long.MAX_VALUE;
        for (int same = 0; same < 10; same++) {
            System.gc();
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            if (used < fewest - 1000) {
                fewest = used;
                same = 0;
            }
        }
        return fewest;
    }

    /**
     * The process's memory as the system sees it, native scratch memory included; the calmest of three tries, as it is
     * shared with the heap.
     */
    @Test
    void a_run_takes_at_most_one_and_a_half_times_its_buffers() {
        TaskShape shape = Shapes.of(new Maml(), 28, new EpisodeShape(5, 1, 10), "pooling=max-pool");
        GradientNetwork network = new GradientNetwork(Tasks.settings(), shape, entry -> true);
        Program program = MetaGraph.metaGradient(network, Stage.lastStep(2), shape, DataType.FLOAT);
        Plan plan = Plan.of(program);
        long buffers = plan.bufferBytes();
        long peak = Math.min(peak(program, plan), Math.min(peak(program, plan), peak(program, plan)));

        assertThat(peak).isLessThan(buffers * 3 / 2);
    }

    /** Growth of the process while an executor is made and runs. */
    private static long peak(Program program, Plan plan) {
        System.gc();
        long before = Pointer.physicalBytes();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Long> highest = CompletableFuture.supplyAsync(() -> {
            long most = 0;
            while (!done.get()) {
                most = Math.max(most, Pointer.physicalBytes());
                LockSupport.parkNanos(200_000);
            }
            return most;
        });
        try (Executor executor = Executor.of(program, plan, Map.of(), Map.of())) {
            executor.run();
        }
        done.set(true);
        return highest.join() - before;
    }
}
