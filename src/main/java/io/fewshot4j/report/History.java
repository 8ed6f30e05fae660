package io.fewshot4j.report;

import io.fewshot4j.training.TrainingEvent;
import io.fewshot4j.training.TrainingEvent.Updated;
import io.fewshot4j.training.TrainingEvent.Validated;
import io.fewshot4j.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The curves of a run: every update and every validation, in order. */
public final class History implements TrainingListener {
    private final List<Updated> updates = new ArrayList<>();
    private final List<Validated> validations = new ArrayList<>();
    private Optional<TrainingEvent.Stopped> stopped = Optional.empty();

    /**
     * The mean of some consecutive updates.
     *
     * @param iteration of the last of them
     * @param updates how many there are
     */
    public record Point(long iteration, int updates, double loss, double accuracy) {}

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof Updated e) {
            updates.add(e);
        } else if (event instanceof Validated e) {
            validations.add(e);
        } else if (event instanceof TrainingEvent.Stopped e) {
            stopped = Optional.of(e);
        }
    }

    public List<Updated> updates() {
        return List.copyOf(updates);
    }

    public List<Validated> validations() {
        return List.copyOf(validations);
    }

    /** The end of training, if it has ended. */
    public Optional<TrainingEvent.Stopped> stopped() {
        return stopped;
    }

    /** The validation whose model was kept. */
    public Optional<Validated> best() {
        return validations.stream().filter(Validated::best).reduce((earlier, later) -> later);
    }

    /**
     * At most {@code most} points, each the mean of equally many updates (the last of what remains): each update counts
     * once.
     */
    public List<Point> thinned(int most) {
        int width = Math.max(1, (updates.size() + most - 1) / most);
        List<Point> points = new ArrayList<>();
        for (int from = 0; from < updates.size(); from += width) {
            List<Updated> part = updates.subList(from, Math.min(from + width, updates.size()));
            points.add(new Point(
                    part.get(part.size() - 1).iteration(),
                    part.size(),
                    part.stream().mapToDouble(Updated::loss).average().orElseThrow(),
                    part.stream().mapToDouble(Updated::accuracy).average().orElseThrow()));
        }
        return points;
    }
}
