package io.fewshot4j.report.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trial of a sweep.
 *
 * @param trial its number, from 1
 * @param settings that are its own
 * @param rungs validations that it was compared by, in order
 * @param seconds of training, all rungs together
 * @param problem why it ended before its next rung; empty where it did not
 */
public record TrialRow(int trial, Map<String, String> settings, List<Rung> rungs, double seconds, String problem) {
    public TrialRow {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        rungs = List.copyOf(rungs);
    }

    /**
     * The best validation so far when an iteration was reached.
     *
     * @param accuracy from 0 to 1
     * @param best iteration of that validation
     */
    public record Rung(long iteration, double accuracy, double halfWidth, long best) {}

    /** Accuracies of the rungs, and minus infinity for one that it failed to reach. */
    @JsonIgnore
    public List<Double> scores() {
        List<Double> scores = new ArrayList<>(rungs.stream().map(Rung::accuracy).toList());
        if (!problem.isEmpty()) {
            scores.add(Double.NEGATIVE_INFINITY);
        }
        return scores;
    }

    /** The last rung; none where the trial was never validated. */
    @JsonIgnore
    public Optional<Rung> last() {
        return rungs.isEmpty() ? Optional.empty() : Optional.of(rungs.get(rungs.size() - 1));
    }

    /** After one more rung. */
    public TrialRow reached(Rung rung, double seconds) {
        List<Rung> more = new ArrayList<>(rungs);
        more.add(rung);
        return new TrialRow(trial, settings, more, seconds, "");
    }

    /** This trial as one that failed. */
    public TrialRow failed(String problem, double seconds) {
        return new TrialRow(trial, settings, rungs, seconds, problem);
    }
}
