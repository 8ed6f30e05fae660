package io.fewshot4j.cli;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.report.ProgressLine;
import io.fewshot4j.report.ProgressOutput;
import java.util.Optional;

/** Tells of decoding from its first image on: data that were decoded before pass in silence. */
final class Decoding implements DecodeProgress, AutoCloseable {
    private final ProgressOutput output;
    private Optional<ProgressLine> line = Optional.empty();
    private int before;

    Decoding(ProgressOutput output) {
        this.output = output;
    }

    @Override
    public void decoded(int done, int total) {
        if (line.isEmpty()) {
            line = Optional.of(ProgressLine.counting(output, "decoding", "images", total));
        }
        line.ifPresent(l -> l.advance(done - before));
        before = done;
    }

    @Override
    public void close() {
        line.ifPresent(ProgressLine::close);
        line = Optional.empty();
    }
}
