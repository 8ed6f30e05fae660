package io.fewshot4j.report;

import io.fewshot4j.training.EvaluationResult;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An experiment in a table of results: what was published, and what was measured here.
 *
 * @param problem why nothing was measured, in one line; empty where it was
 * @param settings in force, by key
 */
public record ResultRow(
        Claim claim, String problem, Training training, Test test, Origin origin, Map<String, String> settings) {
    public ResultRow {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** A published figure: of which experiment, tested how, and where it stands. */
    public record Claim(String preset, String title, String published, String protocol, String source) {}

    /**
     * How the tested model was trained.
     *
     * @param iterations that were made
     * @param planned iterations of the experiment
     * @param tested the iteration after which the tested model was saved
     * @param ended {@code finished}, {@code no-improvement} or {@link #BUDGET}
     * @param seconds of wall time, all parts together
     * @param budget in seconds, 0 for none
     * @param remark what else is to be known of it; may be empty
     */
    public record Training(
            long iterations, long planned, long tested, String ended, double seconds, double budget, String remark) {
        /** The end of a training whose time was over before its iterations were. */
        public static final String BUDGET = "budget";

        static final Training NONE = new Training(0, 0, 0, "", 0, 0, "");

        boolean endedByBudget() {
            return ended.equals(BUDGET);
        }
    }

    /** The one test, on frozen episodes. */
    public record Test(
            int way, int shot, int query, int episodes, long seed, String episodesHash, List<Accuracy> accuracies) {
        static final Test NONE = new Test(0, 0, 0, 0, 0, "", List.of());

        public Test {
            accuracies = List.copyOf(accuracies);
        }

        /** As an evaluation has it, without the single episodes. */
        public static Test of(EvaluationResult result) {
            return new Test(
                    result.shape().way(),
                    result.shape().shot(),
                    result.shape().query(),
                    result.episodes(),
                    result.seed(),
                    result.episodesHash(),
                    result.modes().stream().map(Accuracy::of).toList());
        }
    }

    /** Mean accuracy, 0 to 1, and half its 95 % interval, under one kind of batch statistics. */
    public record Accuracy(String statistics, boolean transductive, double mean, double halfWidth) {
        static Accuracy of(EvaluationResult.Mode mode) {
            return new Accuracy(
                    Words.of(mode.statistics()),
                    mode.statistics().transductive(),
                    mode.accuracy().mean(),
                    mode.accuracy().halfWidth());
        }
    }

    /** Where a row comes from, and what repeats it. */
    public record Origin(String machine, String version, String dataFingerprint, long seed, String command) {}

    /** A row of an experiment of which there is no figure. */
    public static ResultRow without(Claim claim, String problem, Origin origin, Map<String, String> settings) {
        return new ResultRow(claim, problem, Training.NONE, Test.NONE, origin, settings);
    }

    public boolean measured() {
        return problem.isEmpty();
    }

    /** Whether another training to so many iterations within a budget (in seconds, 0 for none) would add nothing. */
    public boolean isFinal(long iterations, double budget) {
        boolean spent = training.endedByBudget() && budget > 0 && budget <= training.budget();
        boolean complete = !training.endedByBudget() && iterations <= training.planned();
        return measured() && (spent || complete);
    }

    /** {@code 97.83 ± 0.58 %}, or a dash. */
    String accuracy(boolean transductive) {
        return test.accuracies().stream()
                .filter(accuracy -> accuracy.transductive() == transductive)
                .map(accuracy -> Numbers.percent(accuracy.mean(), accuracy.halfWidth()))
                .findFirst()
                .orElse("–");
    }

    /** {@code 740 of 60,000}. */
    String iterations() {
        return measured() ? Numbers.count(training.iterations()) + " of " + Numbers.count(training.planned()) : "–";
    }

    String time() {
        return measured() ? Numbers.time(duration(training.seconds())) : "–";
    }

    /** How it was tested here, in words of {@link Claim#protocol}. */
    String protocol() {
        return measured()
                ? Words.plural(test.episodes(), "episode") + ", " + Words.plural(test.query(), "query image")
                        + " per class"
                : "–";
    }

    /** Why there is no figure, or what is to be known of it. */
    String remark() {
        String end = training.endedByBudget()
                ? "ended by the budget of " + Numbers.time(duration(training.budget()))
                : training.ended().equals("no-improvement") ? "ended when validation no longer improved" : "";
        return Stream.of(problem, end, training.remark())
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining("; "));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }
}
