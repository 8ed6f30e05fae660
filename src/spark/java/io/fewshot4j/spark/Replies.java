package io.fewshot4j.spark;

import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.report.Numbers;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Replies of executors, and what becomes of them on the driver. */
final class Replies {
    private Replies() {}

    /** Does the work on an executor. */
    static <R extends Serializable> Answer<R> to(Supplier<List<R>> work) {
        try {
            return new Answer<>(host(), Environment.processor(), "", List.copyOf(work.get()));
        } catch (RuntimeException e) {
            return refusal(fault(e).orElseThrow(() -> e));
        } catch (Error e) {
            return refusal(fault(e).orElseThrow(() -> e));
        }
    }

    private static <R extends Serializable> Answer<R> refusal(String fault) {
        return new Answer<>(host(), Environment.processor(), fault, List.of());
    }

    /** The fault that a user can mend, in one line; nothing else, so that Spark tries it once more. */
    private static Optional<String> fault(Throwable thrown) {
        boolean memory = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof OutOfMemoryError);
        if (memory) {
            return Optional.of("memory ran out (" + thrown.getMessage() + "; the heap may have "
                    + Numbers.bytes(Runtime.getRuntime().maxMemory())
                    + "); give more by spark.executor.memory and spark.executor.memoryOverhead, or fewer cores to an"
                    + " executor");
        }
        return thrown instanceof FewShotException ? Optional.ofNullable(thrown.getMessage()) : Optional.empty();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("an unknown host");
        }
    }

    /**
     * Results of all answers, in order.
     *
     * @param mixed whether executors may have another kind of processor than the driver
     * @throws FewShotException with the fault of an executor
     */
    static <R extends Serializable> List<R> results(List<Answer<R>> answers, boolean mixed) {
        for (Answer<R> answer : answers) {
            if (!answer.fault().isEmpty()) {
                throw new FewShotException("the executor on " + answer.host() + " cannot compute: " + answer.fault());
            }
            if (!mixed && !answer.processor().equals(Environment.processor())) {
                throw new FewShotException("executors must have the driver's kind of processor, "
                        + Environment.processor() + ", for results to have the same bits, got " + answer.processor()
                        + " on " + answer.host() + "; choose nodes of one kind, or set "
                        + SparkEngine.MIXED + "=true and take results that differ in their last digits");
            }
        }
        return answers.stream().flatMap(answer -> answer.results().stream()).toList();
    }
}
