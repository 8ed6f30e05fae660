package io.fewshot4j.report.table;

import io.fewshot4j.metrics.Interval;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.Words;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.RegressionResult;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
     * Training of the tested model.
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

    /**
     * The one test, on tasks that are the same whenever it is run.
     *
     * @param protocol how it was tested, in words of {@link Claim#protocol}
     * @param way 0 for tasks without classes
     * @param episodesHash of the frozen episodes; empty where the seed says all
     */
    public record Test(
            String protocol,
            int way,
            int shot,
            int query,
            int episodes,
            long seed,
            String episodesHash,
            List<Figure> figures) {
        static final Test NONE = new Test("–", 0, 0, 0, 0, 0, "", List.of());

        public Test {
            figures = List.copyOf(figures);
        }

        /** Figures of an evaluation, without the single episodes. */
        public static Test of(EvaluationResult result) {
            return new Test(
                    Words.plural(result.episodes(), "episode") + ", " + Words.queries(result.shape()),
                    result.shape().way(),
                    result.shape().shot(),
                    result.shape().query(),
                    result.episodes(),
                    result.seed(),
                    result.episodesHash(),
                    result.modes().stream().map(Figure::of).toList());
        }

        /** The errors after the first inner step and the following ones. */
        public static Test of(RegressionResult result, int query) {
            return new Test(
                    Words.plural(result.tasks(), "function") + ", " + Words.plural(query, "query point"),
                    0,
                    result.shot(),
                    query,
                    result.tasks(),
                    result.seed(),
                    "",
                    IntStream.range(1, result.errorByStep().size())
                            .mapToObj(
                                    step -> Figure.of(step, result.errorByStep().get(step)))
                            .toList());
        }
    }

    /**
     * A mean and half its 95 % interval.
     *
     * @param measure {@link #ACCURACY}, 0 to 1, or another one by its name
     * @param statistics the kind of batch statistics; empty where there are none
     */
    public record Figure(String measure, String statistics, boolean transductive, double mean, double halfWidth) {
        static final String ACCURACY = "accuracy";

        static Figure of(EvaluationResult.Mode mode) {
            return new Figure(
                    ACCURACY,
                    Words.of(mode.statistics()),
                    mode.statistics().transductive(),
                    mode.accuracy().mean(),
                    mode.accuracy().halfWidth());
        }

        static Figure of(int step, Interval error) {
            return new Figure("squared error, step " + step, "", false, error.mean(), error.halfWidth());
        }

        /** {@code 97.83 ± 0.58 %}, {@code 0.325 ± 0.031 (squared error, step 1)}. */
        public String text() {
            return measure.equals(ACCURACY)
                    ? Numbers.percent(mean, halfWidth)
                    : Numbers.error(mean, halfWidth) + " (" + measure + ")";
        }

        /** {@code transductive (batch)}. */
        public String conditions() {
            return Words.protocol(transductive) + (statistics.isEmpty() ? "" : " (" + statistics + ")");
        }
    }

    /**
     * Origin of a row, and the command that repeats it.
     *
     * @param dataset the data's own name, so that figures of stand-in data are known as such; empty where none was read
     */
    public record Origin(
            String machine, String version, String dataset, String dataFingerprint, long seed, String command) {}

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

    /** The first figure of its kind, or a dash. */
    public String figure(boolean transductive) {
        return test.figures().stream()
                .filter(figure -> figure.transductive() == transductive)
                .map(Figure::text)
                .findFirst()
                .orElse("–");
    }

    /** {@code 740 of 60,000}. */
    public String iterations() {
        return measured() ? Numbers.count(training.iterations()) + " of " + Numbers.count(training.planned()) : "–";
    }

    public String time() {
        return measured() ? Numbers.time(duration(training.seconds())) : "–";
    }

    /** Why there is no figure, or what is to be known of it. */
    public String remark() {
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
