package io.fewshot4j.training;

import io.fewshot4j.FewShotException;
import io.fewshot4j.backend.Backends;
import io.fewshot4j.graph.runtime.Helpers;
import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.learner.Model;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Threads with a learner each over one shared model. Results are handed over in order, whichever is ready first.
 *
 * @param <L> the kind of learner
 */
public final class Workers<L extends MetaLearner<?>> implements AutoCloseable {
    private final Function<Model, L> factory;
    private final Model model;
    private final int count;
    private final Optional<ExecutorService> threads;
    private final Queue<L> learners = new ConcurrentLinkedQueue<>();
    private final Deque<L> idle = new ConcurrentLinkedDeque<>();

    /**
     * Starts the threads; a learner is made when a thread first needs one.
     *
     * @param model the caller's, and not to be changed while work is under way
     * @param threads at least 1, or 0 for as many as suit the device; a single one is the caller's, so that all work of
     *     a GPU is in one stream
     */
    public Workers(Function<Model, L> factory, Model model, int threads) {
        this.factory = factory;
        this.model = model;
        this.count = Backends.workers(threads);
        this.threads =
                count == 1 ? Optional.empty() : Optional.of(Executors.newFixedThreadPool(count, Workers::daemon));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        return thread;
    }

    /** Number of threads. */
    int count() {
        return count;
    }

    /** Works on all items in parallel and gives each result to {@code sink}, on this thread, in the items' order. */
    <T, R> void inOrder(Collection<T> items, BiFunction<L, T, R> work, Consumer<R> sink) {
        if (threads.isPresent()) {
            inParallel(threads.get(), items, work, sink);
        } else {
            items.forEach(item -> sink.accept(work(work, item)));
        }
    }

    private <T, R> void inParallel(Executor threads, Collection<T> items, BiFunction<L, T, R> work, Consumer<R> sink) {
        int helpers = Math.max(0, count / Math.max(1, items.size()) - 1);
        List<CompletableFuture<R>> results = items.stream()
                .map(item -> CompletableFuture.supplyAsync(
                        () -> Helpers.lend(threads, helpers, () -> work(work, item)), threads))
                .toList();
        try {
            results.forEach(result -> sink.accept(result.join()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof FewShotException fault ? fault : e;
        } finally {
            results.forEach(result -> result.cancel(false));
        }
    }

    private <T, R> R work(BiFunction<L, T, R> work, T item) {
        L learner = borrow();
        try {
            return work.apply(learner, item);
        } finally {
            idle.push(learner);
        }
    }

    private L borrow() {
        L free = idle.poll();
        if (free != null) {
            return free;
        }
        L learner = factory.apply(model);
        learners.add(learner);
        return learner;
    }

    /** Answer of any of the learners. */
    public <R> R ask(Function<L, R> question) {
        return work((learner, nothing) -> question.apply(learner), "");
    }

    /** Ends the threads, after the work in hand, and closes the learners; the model stays. */
    @Override
    public void close() {
        if (threads.isEmpty() || ended(threads.get())) {
            learners.forEach(MetaLearner::close);
        }
    }

    private static boolean ended(ExecutorService threads) {
        threads.shutdown();
        try {
            return threads.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
