package io.fewshot4j.report.console;

import io.fewshot4j.report.Numbers;
import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingListener;
import java.util.Optional;

/**
 * Tells of training while it runs: a live bar on a terminal, plain lines elsewhere. Loss, accuracy and speed are
 * smoothed.
 */
public final class ConsoleProgress implements TrainingListener, AutoCloseable {
    private static final double MEMORY = 0.95;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final ProgressOutput output;
    private final Smoothed loss = new Smoothed(MEMORY);
    private final Smoothed accuracy = new Smoothed(MEMORY);
    private final Smoothed seconds = new Smoothed(MEMORY);
    private TrainingEvent.Started started = new TrainingEvent.Started(0, 0, 1);
    private Pace pace;
    private Optional<Bar> bar = Optional.empty();
    private Optional<TrainingEvent.Validated> best = Optional.empty();
    private String validation = "";

    public ConsoleProgress(ProgressOutput output) {
        this.output = output;
        this.pace = new Pace(output.clock());
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started e) {
            start(e);
        } else if (event instanceof TrainingEvent.Updated e) {
            update(e);
        } else if (event instanceof TrainingEvent.Validated e) {
            validate(e);
        } else if (event instanceof TrainingEvent.Saved e && output.verbose()) {
            output.line((bar.isPresent() ? CLEAR_LINE : "") + "saved at " + Numbers.count(e.iteration()) + ": "
                    + e.folder());
        } else if (event instanceof TrainingEvent.Stopped e) {
            stop(e);
        }
    }

    /** Takes the bar off the terminal, also where training failed. */
    @Override
    public void close() {
        bar.ifPresent(Bar::close);
        bar = Optional.empty();
    }

    private void start(TrainingEvent.Started event) {
        started = event;
        pace = new Pace(output.clock());
        output.line("training: iteration " + Numbers.count(event.iteration()) + " to "
                + Numbers.count(event.iterations()) + ", " + event.metaBatch() + " tasks each");
        if (output.style() == ProgressOutput.Style.BAR) {
            bar = Optional.of(new Bar(output, event.iteration(), event.iterations()));
        }
    }

    private void update(TrainingEvent.Updated event) {
        double meanLoss = loss.add(event.loss());
        double meanAccuracy = accuracy.add(event.accuracy());
        double rate = started.metaBatch() / Math.max(1e-9, seconds.add(event.seconds()));
        String position = Numbers.count(event.iteration()) + "/" + Numbers.count(started.iterations());
        String left = pace.left(event.iteration() - started.iteration(), started.iterations() - event.iteration());
        bar.ifPresent(b -> b.show(
                event.iteration(),
                String.join(
                        " · ",
                        position,
                        Numbers.rate(rate) + " tasks/s",
                        "loss " + Numbers.loss(meanLoss) + known(" · acc ", meanAccuracy),
                        left + validation)));
        if (bar.isEmpty() && pace.due()) {
            output.line("iteration " + position + ": loss " + Numbers.loss(meanLoss)
                    + known(", accuracy ", meanAccuracy) + ", " + Numbers.rate(rate) + " tasks/s, " + left);
        }
    }

    /** Nothing where tasks have no accuracy. */
    private static String known(String name, double accuracy) {
        return Double.isNaN(accuracy) ? "" : name + Numbers.percent(accuracy);
    }

    private void validate(TrainingEvent.Validated event) {
        if (event.best()) {
            best = Optional.of(event);
        }
        validation = " · validation " + Numbers.percent(event.accuracy().mean());
        if (bar.isEmpty()) {
            output.line("validation at " + Numbers.count(event.iteration()) + ": " + Numbers.percent(event.accuracy())
                    + ", loss " + Numbers.loss(event.loss()) + standing(event));
        }
    }

    private String standing(TrainingEvent.Validated event) {
        if (event.best()) {
            return " (best so far)";
        }
        return best.map(b ->
                        " (best " + Numbers.percent(b.accuracy().mean()) + " at " + Numbers.count(b.iteration()) + ")")
                .orElse("");
    }

    private void stop(TrainingEvent.Stopped event) {
        close();
        String where = " at iteration " + Numbers.count(event.iteration()) + " after " + Numbers.time(pace.elapsed());
        output.line(
                switch (event.reason()) {
                    case FINISHED -> "training finished" + where;
                    case NO_IMPROVEMENT -> "training stopped" + where + ": validation accuracy no longer improves";
                    case INTERRUPTED -> "training interrupted" + where;
                });
    }
}
