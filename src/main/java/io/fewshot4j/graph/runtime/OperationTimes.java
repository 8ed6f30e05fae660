package io.fewshot4j.graph.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.linalg.factory.Nd4j;

/** The calls that executors make while some work is done, and what each takes when the device is waited for after every call. */
public final class OperationTimes {
    private static volatile Optional<OperationTimes> current = Optional.empty();

    private final Map<String, Time> times = new TreeMap<>();

    private OperationTimes() {}

    /** All calls of one operation. */
    public record Time(String operation, int calls, double seconds) {
        private Time plus(double more) {
            return new Time(operation, calls + 1, seconds + more);
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

    void time(String operation, Runnable call) {
        long start = System.nanoTime();
        call.run();
        Nd4j.getExecutioner().commit();
        double seconds = (System.nanoTime() - start) * 1e-9;
        synchronized (times) {
            times.put(
                    operation,
                    times.getOrDefault(operation, new Time(operation, 0, 0)).plus(seconds));
        }
    }
}
