package io.fewshot4j.report.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A place for progress to go, with a clock that stands until it is moved. */
final class Recorder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    ProgressOutput output(ProgressOutput.Style style, boolean verbose) {
        return output(style, verbose, true);
    }

    ProgressOutput output(ProgressOutput.Style style, boolean verbose, boolean unicode) {
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new ProgressOutput(stream, style, unicode, verbose, () -> now);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return text().lines().toList();
    }
}
