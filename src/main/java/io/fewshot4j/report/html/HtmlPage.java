package io.fewshot4j.report.html;

import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.report.Words;
import io.fewshot4j.training.EvaluationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The report as one page that needs nothing else: style, charts and images are in it, and it may load nothing. */
final class HtmlPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s</title>
            <style>
            %s</style>
            </head>
            <body>
            """;

    private HtmlPage() {}

    static String of(RunReport report) {
        RunFacts facts = report.facts();
        StringBuilder main = new StringBuilder();
        main.append(Html.markup("header", header(report)));
        report.evaluations().forEach(result -> main.append(EvaluationSection.of(result)));
        main.append(CurveSection.of(report.history()));
        report.pictures().forEach(picture -> main.append(EpisodeSection.of(picture)));
        main.append(
                Html.section("Settings in force", Html.facts(facts.settings().entrySet())));
        main.append(Html.section("Reproduce", reproduce(report)));
        main.append(Html.section("Environment", Html.facts(facts.environment().entrySet())));
        return document(facts.title(), main.toString());
    }

    /** A whole page around what is markup already. */
    static String document(String title, String main) {
        return HEAD.formatted(Html.escape(title), style()) + Html.markup("main", main) + "</body>\n</html>\n";
    }

    private static String header(RunReport report) {
        RunFacts facts = report.facts();
        String cards = report.evaluations().stream()
                .flatMap(result -> result.modes().stream().map(mode -> card(result, mode)))
                .collect(Collectors.joining());
        return Html.tag("h1", facts.title())
                + Html.tag("p class=\"lead\"", facts.learner() + " on " + facts.dataset())
                + (cards.isEmpty() ? "" : Html.markup("div class=\"cards\"", cards));
    }

    private static String card(EvaluationResult result, EvaluationResult.Mode mode) {
        String accuracy = Numbers.percent(mode.accuracy());
        int split = accuracy.indexOf(" ±");
        return Html.markup(
                "div class=\"card\"",
                Html.tag(
                                "p class=\"label\"",
                                Words.of(result.split()) + " accuracy, "
                                        + (result.byHead() ? result.head() + ", " : "")
                                        + Words.protocol(mode.statistics()))
                        + Html.markup(
                                "p class=\"figure\"",
                                Html.escape(accuracy.substring(0, split))
                                        + Html.tag("small", accuracy.substring(split)))
                        + Html.tag(
                                "p class=\"note\"",
                                Words.task(result.shape()) + ", " + Words.queries(result.shape()) + ", "
                                        + Words.plural(result.episodes(), "episode")));
    }

    private static String reproduce(RunReport report) {
        RunFacts facts = report.facts();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("seed", Long.toString(facts.seed()));
        lines.put("wall time", Numbers.time(facts.wallTime()));
        lines.put("data fingerprint (SHA-256)", facts.fingerprint());
        for (EvaluationResult result : report.evaluations()) {
            String which = Words.of(result.split()) + ", " + Words.task(result.shape()) + ", seed " + result.seed();
            lines.put("episode list (" + which + ")", result.episodesHash());
        }
        return Html.markup("pre", Html.tag("code", facts.command()).strip()) + Html.facts(lines.entrySet());
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
