package io.fewshot4j.cli.console;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.catalog.Engine;
import io.fewshot4j.report.Words;
import io.fewshot4j.report.console.ProgressOutput;
import io.fewshot4j.report.table.Json;
import java.io.PrintStream;

/**
 * Outputs of a command: results to {@code out}, progress and messages to {@code err}.
 *
 * @param device what computes, once {@link #compute} is called
 * @param json whether {@code out} gets one JSON document instead of text
 * @param engine machines that compute
 */
public record Console(
        PrintStream out,
        PrintStream err,
        ProgressOutput progress,
        boolean json,
        Backends.Choice device,
        Engine engine) {
    /** Computes on this machine. */
    public Console(PrintStream out, PrintStream err, ProgressOutput progress, boolean json, Backends.Choice device) {
        this(out, err, progress, json, device, Engine.LOCAL);
    }

    /** This console with other machines that compute. */
    public Console on(Engine other) {
        return new Console(out, err, progress, json, device, other);
    }

    /** Starts the device, and says which it is. */
    public void compute() {
        Backends.start(device.device());
        String reason = device.reason().isEmpty() ? "" : ", because " + device.reason();
        note("computes with " + Environment.backend() + reason);
    }

    /** A line of progress. */
    public void note(String line) {
        if (progress.style() != ProgressOutput.Style.SILENT) {
            message(line);
        }
    }

    /** Prints the result: as JSON where that was asked for, else as {@code text}. */
    public void result(Object result, String text) {
        if (json) {
            Json.print(out, result);
        } else {
            String shown = Words.printable(text);
            out.println(progress.unicode() ? shown : shown.replace("±", "+/-"));
        }
    }

    /** A line that is no result. */
    public void message(String line) {
        err.println(Words.printable(line));
    }
}
