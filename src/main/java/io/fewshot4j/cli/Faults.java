package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.Words;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells of what went wrong in one line. */
final class Faults {
    private Faults() {}

    /**
     * Prints the line, and the stack trace where it is asked for.
     *
     * @return the exit code
     */
    static int tell(Throwable fault, PrintStream err, boolean trace) {
        err.println("fewshot4j: " + line(fault));
        if (trace) {
            fault.printStackTrace(err);
        }
        return 1;
    }

    /** Whether the user asks for stack traces. */
    static boolean traces() {
        return "1".equals(System.getenv("FEWSHOT4J_TRACE"));
    }

    /** The line. */
    static String line(Throwable fault) {
        Throwable told = Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause instanceof FewShotException || isMemory(cause))
                .findFirst()
                .orElse(fault);
        return Words.printable(words(told).replaceAll("[\\n\\t]|\\R", " "));
    }

    private static String words(Throwable fault) {
        if (fault instanceof FewShotException) {
            return String.valueOf(fault.getMessage());
        }
        if (isMemory(fault)) {
            return "memory ran out (" + fault.getMessage() + "; the heap may have "
                    + Numbers.bytes(Runtime.getRuntime().maxMemory())
                    + "); " + (isOfData(fault) ? "use smaller or fewer images" : "lower filters, way, query or threads")
                    + ", or give more: FEWSHOT4J_OPTS=\"-Xmx4g"
                    + " -Dorg.bytedeco.javacpp.maxbytes=8g -Dorg.bytedeco.javacpp.maxphysicalbytes=16g\"";
        }
        return "a fault of the program, " + fault + "; set FEWSHOT4J_TRACE=1 to see where, and report it";
    }

    /** Tells of too little memory on the heap, or for arrays outside it. */
    private static boolean isMemory(Throwable fault) {
        boolean ofArrays =
                fault.getCause() == null && String.valueOf(fault.getMessage()).contains("std::bad_alloc");
        return ofArrays || fault instanceof OutOfMemoryError;
    }

    private static boolean isOfData(Throwable fault) {
        return Arrays.stream(fault.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith("io.fewshot4j."))
                .findFirst()
                .filter(name -> name.startsWith("io.fewshot4j.data."))
                .isPresent();
    }
}
