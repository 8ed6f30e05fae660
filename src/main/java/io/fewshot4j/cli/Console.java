package io.fewshot4j.cli;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.report.Json;
import io.fewshot4j.report.ProgressOutput;
import java.io.PrintStream;

/**
 * Where a command speaks: results to {@code out}, progress and messages to {@code err}.
 *
 * @param device what computes, once {@link #compute} is called
 * @param json whether {@code out} gets one JSON document instead of text
 */
record Console(PrintStream out, PrintStream err, ProgressOutput progress, boolean json, Backends.Choice device) {
    /** Starts the device, and says which it is. */
    void compute() {
        Backends.start(device.device());
        String reason = device.reason().isEmpty() ? "" : ", because " + device.reason();
        note("computes with " + Environment.backend() + reason);
    }

    /** A line of progress. */
    void note(String line) {
        if (progress.style() != ProgressOutput.Style.SILENT) {
            message(line);
        }
    }

    /** Prints the result: as JSON where that was asked for, else as {@code text}. */
    void result(Object result, String text) {
        if (json) {
            Json.print(out, result);
        } else {
            out.println(progress.unicode() ? text : text.replace("±", "+/-"));
        }
    }

    /** A line that is no result. */
    void message(String line) {
        err.println(line);
    }
}
