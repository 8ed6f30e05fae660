package io.fewshot4j.report.html;

import io.fewshot4j.metrics.Interval;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.RegressionReport;
import io.fewshot4j.report.RegressionReport.Fit;
import io.fewshot4j.report.RegressionReport.Method;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.Words;
import io.fewshot4j.training.RegressionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A regression's report: errors by inner step of all methods for each number of points, and curves that each one fits.
 */
final class RegressionPage {
    private static final List<Chart.Look> LOOKS = List.of(
            Chart.Look.FIRST, Chart.Look.SECOND, Chart.Look.DASHED, Chart.Look.FIRST_DASHED, Chart.Look.SECOND_DASHED);

    private RegressionPage() {}

    static String of(RegressionReport report) {
        RunFacts facts = report.facts();
        StringBuilder main = new StringBuilder(
                Html.markup("header", Html.tag("h1", facts.title()) + Html.tag("p class=\"lead\"", facts.dataset())));
        int sizes = report.methods().get(0).results().size();
        IntStream.range(0, sizes).forEach(i -> main.append(errors(report.methods(), i)));
        report.methods().forEach(method -> main.append(fits(method)));
        main.append(Html.section(
                "Training",
                report.methods().stream().map(RegressionPage::training).collect(Collectors.joining())));
        String command = Html.markup("pre", Html.tag("code", facts.command()).strip());
        Map<String, String> repeated =
                Map.of("seed", Long.toString(facts.seed()), "wall time", Numbers.time(facts.wallTime()));
        main.append(Html.section("Reproduce", command + Html.facts(repeated.entrySet())));
        main.append(Html.section("Environment", Html.facts(facts.environment().entrySet())));
        return HtmlPage.document(facts.title(), main.toString());
    }

    private static String errors(List<Method> methods, int size) {
        List<RegressionResult> results =
                methods.stream().map(method -> method.results().get(size)).toList();
        int shot = results.get(0).shot();
        List<Chart.Line> lines = IntStream.range(0, methods.size())
                .mapToObj(
                        i -> new Chart.Line(methods.get(i).name(), LOOKS.get(i % LOOKS.size()), points(results.get(i))))
                .toList();
        String description = "Mean squared error from " + shot + " points; the table below has the figures.";
        return Html.section(
                "Error by inner step from " + Words.plural(shot, "point"),
                protocol(methods, results)
                        + Figure.of(new Chart(description, "inner step", "mean squared error", 0, lines))
                        + table(methods, results));
    }

    private static String protocol(List<Method> methods, List<RegressionResult> results) {
        String rates = IntStream.range(0, methods.size())
                .mapToObj(i -> methods.get(i).name() + " " + results.get(i).innerLearningRate())
                .collect(Collectors.joining(", "));
        return Html.tag(
                "p",
                "Mean over " + Words.plural(results.get(0).tasks(), "function") + " of the mean squared error at query"
                        + " points. Inner learning rates: " + rates
                        + " (of the baselines pretrained and oracle, the best of several on other functions).");
    }

    private static List<Chart.Point> points(RegressionResult result) {
        List<Interval> steps = result.errorByStep();
        return IntStream.range(0, steps.size())
                .mapToObj(i ->
                        new Chart.Point(i, steps.get(i).mean(), steps.get(i).halfWidth()))
                .toList();
    }

    private static String table(List<Method> methods, List<RegressionResult> results) {
        List<String> header = Stream.concat(Stream.of("step"), methods.stream().map(Method::name))
                .toList();
        int steps = results.stream()
                .mapToInt(result -> result.errorByStep().size())
                .max()
                .orElseThrow();
        List<List<String>> rows = IntStream.range(0, steps)
                .mapToObj(step -> Stream.concat(
                                Stream.of(Integer.toString(step)),
                                results.stream().map(result -> cell(result.errorByStep(), step)))
                        .toList())
                .toList();
        return Html.table("Mean squared error ± half the 95 % interval; step 0 is before adaptation", header, rows);
    }

    private static String cell(List<Interval> steps, int step) {
        return step < steps.size() ? Numbers.error(steps.get(step)) : "";
    }

    private static String fits(Method method) {
        return Html.section(
                "Curves that " + method.name() + " fits",
                method.fits().stream().map(RegressionPage::fit).collect(Collectors.joining()));
    }

    private static String fit(Fit fit) {
        List<Double> x = fit.task().query().x();
        int last = fit.byStep().size() - 1;
        List<Chart.Line> lines = new ArrayList<>(List.of(
                line("truth", Chart.Look.FAINT, x, fit.task().query().y()),
                line("before", Chart.Look.DASHED, x, fit.byStep().get(0)),
                line("after 1 step", Chart.Look.SECOND, x, fit.byStep().get(1))));
        if (last > 1) {
            lines.add(line(
                    "after " + last + " steps",
                    Chart.Look.FIRST,
                    x,
                    fit.byStep().get(last)));
        }
        lines.add(line(
                "points",
                Chart.Look.POINTS,
                fit.task().support().x(),
                fit.task().support().y()));
        return Html.tag("h3", fit.title()) + Figure.of(new Chart(fit.title(), "x", "y", 0, lines));
    }

    private static Chart.Line line(String name, Chart.Look look, List<Double> x, List<Double> y) {
        return new Chart.Line(
                name,
                look,
                IntStream.range(0, x.size())
                        .mapToObj(i -> new Chart.Point(x.get(i), y.get(i), 0))
                        .toList());
    }

    private static String training(Method method) {
        return Html.details(
                method.name() + ": " + Words.plural(method.iteration(), "iteration"),
                CurveSection.loss(method.training())
                        + Html.facts(method.settings().entrySet()));
    }
}
