package io.fewshot4j.report.html;

import io.fewshot4j.metrics.Interval;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.Words;
import io.fewshot4j.training.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Accuracy by inner step or instance of one evaluation: what was measured and how, chart and table. */
final class EvaluationSection {
    private EvaluationSection() {}

    static String of(EvaluationResult result) {
        String title = (steps(result) > 1 ? "Accuracy by " + result.axis().label() : "Accuracy")
                + (result.byHead() ? " of head " + result.head() + ": " : ": ")
                + Words.of(result.split()) + ", " + Words.task(result.shape());
        return Html.section(title, protocol(result) + chart(result) + table(result));
    }

    private static String protocol(EvaluationResult result) {
        StringBuilder modes = new StringBuilder();
        for (EvaluationResult.Mode mode : result.modes()) {
            String word = Words.protocol(mode.statistics());
            modes.append(Html.markup(
                    "li",
                    Html.tag("strong", word).strip() + ": " + Html.escape(Words.source(mode.statistics()) + " (")
                            + Html.tag("code", Words.of(mode.statistics())).strip() + ")"));
        }
        return Html.tag(
                        "p",
                        Words.plural(result.episodes(), "episode") + " with " + Words.queries(result.shape())
                                + " from the " + Words.of(result.split())
                                + " classes; chance is "
                                + Numbers.percent(1.0 / result.shape().way()) + ".")
                + Html.markup("ul", modes.toString());
    }

    private static String chart(EvaluationResult result) {
        int steps = steps(result);
        int first = result.axis().first();
        if (steps < 2) {
            return result.byHead() ? "" : Html.tag("p", "This method has no inner steps.");
        }
        List<Chart.Line> lines = new ArrayList<>();
        for (EvaluationResult.Mode mode : result.modes()) {
            Chart.Look look = mode.statistics().transductive() ? Chart.Look.FIRST : Chart.Look.SECOND;
            lines.add(new Chart.Line(label(result, mode), look, points(mode.accuracyByStep(), first)));
        }
        double chance = 100.0 / result.shape().way();
        lines.add(new Chart.Line(
                "chance",
                Chart.Look.DASHED,
                List.of(new Chart.Point(first, chance, 0), new Chart.Point(first + steps - 1, chance, 0))));
        String description = "Accuracy by " + result.axis().label() + "; the table below has the figures.";
        return Figure.of(new Chart(description, result.axis().label(), "accuracy, %", 100, lines));
    }

    private static List<Chart.Point> points(List<Interval> steps, int first) {
        return IntStream.range(0, steps.size())
                .mapToObj(i -> new Chart.Point(
                        first + i, 100 * steps.get(i).mean(), 100 * steps.get(i).halfWidth()))
                .toList();
    }

    private static String table(EvaluationResult result) {
        boolean stepped = steps(result) > 1;
        List<String> header = Stream.concat(
                        Stream.of(stepped ? result.axis().label() : ""),
                        result.modes().stream().map(m -> label(result, m)))
                .toList();
        List<List<String>> rows = IntStream.range(0, steps(result))
                .mapToObj(step -> Stream.concat(
                                Stream.of(
                                        stepped ? Integer.toString(result.axis().first() + step) : "accuracy"),
                                result.modes().stream().map(m -> cell(m, step)))
                        .toList())
                .toList();
        String caption = "Accuracy in % ± half the 95 % interval"
                + (stepped ? "; the first row is " + result.axis().name(0) : "");
        return Html.table(caption, header, rows);
    }

    /** Transductive or inductive, or the very statistics where several modes are the same in that. */
    private static String label(EvaluationResult result, EvaluationResult.Mode mode) {
        String protocol = Words.protocol(mode.statistics());
        long same = result.modes().stream()
                .filter(m -> Words.protocol(m.statistics()).equals(protocol))
                .count();
        return same == 1 ? protocol : Words.of(mode.statistics());
    }

    private static String cell(EvaluationResult.Mode mode, int step) {
        List<Interval> steps = mode.accuracyByStep();
        return step < steps.size() ? Numbers.percent(steps.get(step)).replace(" %", "") : "";
    }

    private static int steps(EvaluationResult result) {
        return result.modes().stream()
                .mapToInt(m -> m.accuracyByStep().size())
                .max()
                .orElse(0);
    }
}
