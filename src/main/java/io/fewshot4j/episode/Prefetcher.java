package io.fewshot4j.episode;

import io.fewshot4j.FewShotException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Draws meta-batches ahead of time on one daemon thread, for one consumer; batch {@code i} holds the tasks
 * {@code i * size} to {@code (i + 1) * size - 1}.
 *
 * @param <T> the kind of task
 */
public final class Prefetcher<T> implements AutoCloseable {
    private final LongFunction<T> source;
    private final int size;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Prefetcher::daemon);
    private final Queue<CompletableFuture<List<T>>> ahead = new ArrayDeque<>();
    private long batch;

    /**
     * Starts drawing.
     *
     * @param source the task of an index
     * @param size tasks of a meta-batch
     * @param first the index of the batch that {@link #next} gives first
     * @param depth how many batches are drawn ahead, at least 1
     */
    public Prefetcher(LongFunction<T> source, int size, long first, int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("prefetch must be at least 1, got " + depth);
        }
        this.source = source;
        this.size = size;
        this.batch = first;
        for (int i = 0; i < depth; i++) {
            drawOne();
        }
    }

    private void drawOne() {
        long first = batch * size;
        ahead.add(CompletableFuture.supplyAsync(() -> tasks(first), thread));
        batch++;
    }

    private List<T> tasks(long first) {
        return LongStream.range(first, first + size).mapToObj(source).toList();
    }

    /**
     * The next batch, waiting for it if need be.
     *
     * @throws FewShotException if the data could not be read
     */
    public List<T> next() {
        try {
            List<T> tasks = ahead.remove().join();
            drawOne();
            return tasks;
        } catch (CompletionException e) {
            throw e.getCause() instanceof FewShotException fault ? fault : e;
        }
    }

    /** Ends the thread once the batch in hand is drawn, without an interrupt, which would close files being read. */
    @Override
    public void close() {
        ahead.forEach(batch -> batch.cancel(false));
        thread.shutdown();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "episodes");
        thread.setDaemon(true);
        return thread;
    }
}
