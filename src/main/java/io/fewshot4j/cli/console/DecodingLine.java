package io.fewshot4j.cli.console;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.report.console.ProgressLine;
import java.util.Optional;

/** Shows how far decoding is, from its first image on: data that is decoded already shows nothing. */
public final class DecodingLine implements DecodeProgress, AutoCloseable {
    private final Console console;
    private Optional<ProgressLine> line = Optional.empty();
    private int before;

    public DecodingLine(Console console) {
        this.console = console;
    }

    @Override
    public void decoded(int done, int total) {
        if (line.isEmpty()) {
            line = Optional.of(ProgressLine.counting(console.progress(), "decoding", "images", total));
        }
        line.get().advance(done - before);
        before = done;
    }

    @Override
    public void note(String message) {
        console.message(message);
    }

    @Override
    public void close() {
        line.ifPresent(ProgressLine::close);
    }
}
