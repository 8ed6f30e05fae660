package io.fewshot4j.cli.run;

import io.fewshot4j.cli.console.Console;
import io.fewshot4j.training.StopSignal;
import java.util.concurrent.CountDownLatch;

/** Makes Ctrl-C, or a plain kill, ask training to stop; the process then lives until this is closed. */
public final class StopOnInterrupt implements AutoCloseable {
    private final StopSignal signal = new StopSignal();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private StopOnInterrupt(Console console) {
        hook = new Thread(() -> stop(console), "interrupt");
    }

    public static StopOnInterrupt install(Console console) {
        StopOnInterrupt stop = new StopOnInterrupt(console);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    public StopSignal signal() {
        return signal;
    }

    private void stop(Console console) {
        console.message("stopping: the iteration in hand is finished and saved");
        signal.request();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook with it
        }
    }
}
