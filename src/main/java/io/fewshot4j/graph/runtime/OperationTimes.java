package io.fewshot4j.graph.runtime;

import io.fewshot4j.graph.operation.NativeOperation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The calls that executors make while some work is done, and what each takes when the device is waited for after every
 * call.
 */
public final class OperationTimes {
    private static volatile Optional<OperationTimes> current = Optional.empty();

    private final Map<Key, Time> times = new HashMap<>();

    private OperationTimes() {}

    /** Whose code computes a call. */
    public enum Runner {
        ND4J,
        /** A kernel of ours, or of a device's library. */
        KERNEL
    }

    private record Key(NativeOperation operation, Runner runner) {}

    /** All calls of one operation by one runner. */
    public record Time(NativeOperation operation, Runner runner, int calls, double seconds) {
        private Time plus(double more) {
            return new Time(operation, runner, calls + 1, seconds + more);
        }
    }

    /** Times of all executors that run meanwhile, the longest first. */
    public static List<Time> during(Runnable work) {
        OperationTimes recorder = new OperationTimes();
        current = Optional.of(recorder);
        try {
            work.run();
        } finally {
            current = Optional.empty();
        }
        return recorder.times.values().stream()
                .sorted(Comparator.comparingDouble(Time::seconds).reversed())
                .toList();
    }

    static Optional<OperationTimes> current() {
        return current;
    }

    void time(NativeOperation operation, Runner runner, Runnable call) {
        long start = System.nanoTime();
        call.run();
        Nd4j.getExecutioner().commit();
        double seconds = (System.nanoTime() - start) * 1e-9;
        synchronized (times) {
            times.merge(
                    new Key(operation, runner),
                    new Time(operation, runner, 1, seconds),
                    (before, one) -> before.plus(one.seconds()));
        }
    }
}
