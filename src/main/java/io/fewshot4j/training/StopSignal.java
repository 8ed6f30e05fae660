package io.fewshot4j.training;

/** Asks a training run to stop after the iteration in hand, from any thread; the run saves before it ends. */
public final class StopSignal {
    private volatile boolean requested;

    /** Asks to stop; asking again changes nothing. */
    public void request() {
        requested = true;
    }

    /** Whether it was asked. */
    public boolean requested() {
        return requested;
    }
}
