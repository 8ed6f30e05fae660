package io.fewshot4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.graph.runtime.Helpers;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private final Model model = Runs.model();
    private final AtomicInteger made = new AtomicInteger();

    @BeforeEach
    void countFromZero() {
        LinearLearner.OPEN.set(0);
    }

    @AfterEach
    void closeModel() {
        model.close();
        assertThat(LinearLearner.OPEN.get()).isZero();
    }

    @Test
    void results_come_in_the_items_order_whichever_is_ready_first() {
        CountDownLatch second = new CountDownLatch(1);
        List<Integer> results = new ArrayList<>();
        try (Workers<Learner> workers = workers(2)) {
            workers.inOrder(
                    List.of(0, 1, 2),
                    (learner, item) -> {
                        if (item == 0) {
                            await(second);
                        } else {
                            second.countDown();
                        }
                        return item;
                    },
                    results::add);
        }

        assertThat(results).containsExactly(0, 1, 2);
    }

    @Test
    void there_is_at_most_one_learner_a_thread() {
        List<Learner> used = new ArrayList<>();
        try (Workers<Learner> workers = workers(3)) {
            for (int i = 0; i < 20; i++) {
                workers.inOrder(List.of(1, 2, 3, 4, 5), (learner, item) -> learner, used::add);
            }
            assertThat(workers.ask(Learner::supportedStatistics)).hasSize(2);
        }

        assertThat(made.get()).isBetween(1, 3);
        assertThat(used).hasSize(100);
    }

    @Test
    void a_users_fault_surfaces_as_it_is_and_a_programs_fault_with_its_cause() {
        try (Workers<Learner> workers = workers(2)) {
            assertThatThrownBy(() -> fail(workers, new FewShotException("data is gone")))
                    .isInstanceOf(FewShotException.class)
                    .hasMessage("data is gone");
            assertThatThrownBy(() -> fail(workers, new IllegalStateException("bug")))
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("bug");
        }
    }

    @Test
    void threads_without_an_item_help_those_with_one() {
        try (Workers<Learner> workers = workers(2)) {
            assertThat(splitting(workers, List.of(1))).containsExactly("part", "part");
            assertThat(splitting(workers, List.of(1, 2))).containsExactly("whole", "whole");
            assertThat(splitting(workers, List.of())).isEmpty();
        }
    }

    private static List<String> splitting(Workers<Learner> workers, List<Integer> items) {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        Runnable part = () -> done.add("part");
        workers.inOrder(
                items,
                (learner, item) -> {
                    Helpers.ofThread().run(() -> done.add("whole"), List.of(part, part));
                    return item;
                },
                result -> {});
        return done;
    }

    private static void fail(Workers<Learner> workers, RuntimeException fault) {
        workers.inOrder(
                List.of(1, 2, 3),
                (learner, item) -> {
                    throw fault;
                },
                result -> {});
    }

    private Workers<Learner> workers(int threads) {
        return new Workers<>(
                m -> {
                    made.incrementAndGet();
                    return new LinearLearner(m);
                },
                model,
                threads);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
