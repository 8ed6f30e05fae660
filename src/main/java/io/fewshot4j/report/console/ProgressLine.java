package io.fewshot4j.report.console;

import io.fewshot4j.report.Numbers;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/**
 * Progress of a job other than training, such as decoding, fetching or evaluating; may be told from several threads.
 */
public final class ProgressLine implements AutoCloseable {
    private final ProgressOutput output;
    private final String job;
    private final OptionalLong total;
    private final Unit unit;
    private final Pace pace;
    private final Optional<Bar> bar;
    private long done;

    /** Format of amounts and speeds. */
    private record Unit(String name, LongFunction<String> amount, DoubleFunction<String> rate) {}

    private ProgressLine(ProgressOutput output, String job, OptionalLong total, Unit unit) {
        this.output = output;
        this.job = job;
        this.total = total;
        this.unit = unit;
        this.pace = new Pace(output.clock());
        this.bar = output.style() == ProgressOutput.Style.BAR
                ? Optional.of(new Bar(output, 0, total.orElse(-1)))
                : Optional.empty();
        if (bar.isEmpty()) {
            output.line(job
                    + total.stream().mapToObj(t -> ": " + named(t)).findFirst().orElse(""));
        }
    }

    /** A job over a known number of things: {@code counting(output, "evaluating", "episodes", 600)}. */
    public static ProgressLine counting(ProgressOutput output, String job, String things, long total) {
        Unit unit = new Unit(" " + things, Numbers::count, Numbers::rate);
        return new ProgressLine(output, job, OptionalLong.of(total), unit);
    }

    /** A job over bytes, whose total may not be known. */
    public static ProgressLine bytes(ProgressOutput output, String job, OptionalLong total) {
        return new ProgressLine(output, job, total, new Unit("", Numbers::bytes, rate -> Numbers.bytes((long) rate)));
    }

    /** So many more are done. */
    public synchronized void advance(long more) {
        done += more;
        bar.ifPresent(b -> b.show(done, job + " " + state(" · ")));
        if (bar.isEmpty() && pace.due()) {
            output.line(job + ": " + state(", "));
        }
    }

    /** Says how it ended. */
    @Override
    public synchronized void close() {
        bar.ifPresent(Bar::close);
        String time = Numbers.time(pace.elapsed());
        output.line(
                total.orElse(done) == done
                        ? job + ": " + named(done) + " in " + time
                        : job + ": stopped at " + ofTotal() + " after " + time);
    }

    private String state(String separator) {
        String left = total.isPresent() ? pace.left(done, total.getAsLong() - done) : "";
        String speed = unit.rate.apply(pace.rate(done)) + unit.name + "/s";
        return ofTotal() + separator + speed + (left.isEmpty() ? "" : separator + left);
    }

    private String ofTotal() {
        return total.isPresent() ? unit.amount.apply(done) + " of " + named(total.getAsLong()) : named(done);
    }

    private String named(long amount) {
        return unit.amount.apply(amount) + unit.name;
    }
}
