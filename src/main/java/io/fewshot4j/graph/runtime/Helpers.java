package io.fewshot4j.graph.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Idle threads that a thread may use beside itself, where there are fewer tasks than threads. */
public final class Helpers {
    private static final ThreadLocal<Helpers> OF_THREAD = ThreadLocal.withInitial(() -> new Helpers(Runnable::run, 0));

    private final Executor threads;
    private final int count;

    private Helpers(Executor threads, int count) {
        this.threads = threads;
        this.count = count;
    }

    /** Lets this thread use {@code count} of {@code threads}, which have nothing else to do, until the work is done. */
    public static <R> R lend(Executor threads, int count, Supplier<R> work) {
        OF_THREAD.set(new Helpers(threads, count));
        try {
            return work.get();
        } finally {
            OF_THREAD.remove();
        }
    }

    /** Helpers lent to the calling thread; none where nobody lent it any. */
    public static Helpers ofThread() {
        return OF_THREAD.get();
    }

    /** Does the whole, or its parts where there is a helper. */
    public void run(Runnable whole, List<Runnable> parts) {
        if (count == 0) {
            whole.run();
            return;
        }
        List<CompletableFuture<Void>> others = IntStream.rangeClosed(1, count)
                .mapToObj(helper -> CompletableFuture.runAsync(() -> share(parts, helper), threads))
                .toList();
        try {
            share(parts, 0);
        } finally {
            others.forEach(CompletableFuture::join);
        }
    }

    private void share(List<Runnable> parts, int first) {
        for (int i = first; i < parts.size(); i += count + 1) {
            parts.get(i).run();
        }
    }
}
