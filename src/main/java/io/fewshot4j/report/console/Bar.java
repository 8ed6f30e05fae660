package io.fewshot4j.report.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/** A live line on a terminal: {@code  42 % [████    ] 420/1,000 · loss 0.512}. */
final class Bar implements AutoCloseable {
    private static final int NARROWEST = 8;

    private final ProgressOutput output;
    private final Line line;
    private final ProgressBar bar;

    /** Ends once and draws nothing after: the library ends a bar twice, or not at all before it was first drawn. */
    private static final class Line extends ConsoleProgressBarConsumer {
        private boolean open = true;

        Line(PrintStream stream) {
            super(stream);
        }

        @Override
        public synchronized void accept(String text) {
            if (open) {
                super.accept(text);
            }
        }

        @Override
        public synchronized void close() {
            if (open) {
                open = false;
                super.close();
            }
        }
    }

    /** A total of -1 means that it is not known. */
    Bar(ProgressOutput output, long start, long total) {
        this.output = output;
        this.line = new Line(output.stream());
        this.bar = new ProgressBarBuilder()
                .setInitialMax(total)
                .startsFrom(start, Duration.ZERO)
                .setUpdateIntervalMillis(200)
                .setConsumer(line)
                .setRenderer(this::render)
                .build();
    }

    void show(long done, String text) {
        bar.setExtraMessage(text);
        bar.stepTo(done);
    }

    @Override
    public void close() {
        bar.close();
        line.close();
    }

    private String render(ProgressState state, int width) {
        String text = output.legible(state.getExtraMessage());
        double done = state.isIndefinite() ? -1 : state.getNormalizedProgress();
        return render(done, text, width, output.unicode() ? '█' : '#');
    }

    /** The line, at most {@code width} characters; without a bar where {@code done} is negative or there is no room. */
    static String render(double done, String text, int width, char block) {
        String percent = done < 0 ? "" : String.format(Locale.ROOT, "%3d %% ", (int) (100 * done));
        int room = width - percent.length() - text.length() - 3;
        String bar = "";
        if (done >= 0 && room >= NARROWEST) {
            int filled = (int) (room * Math.min(1, done));
            bar = "[" + String.valueOf(block).repeat(filled) + " ".repeat(room - filled) + "] ";
        }
        String line = percent + bar + text;
        return line.length() <= width ? line : line.substring(0, width);
    }
}
