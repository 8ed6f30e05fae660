package io.fewshot4j.report.html;

import io.fewshot4j.report.History;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.table.ResultRow;
import io.fewshot4j.report.table.ResultsTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table of results as a page: the table, then each experiment with its curve and all that repeats it. */
final class ResultsPage {
    private static final int CURVE_POINTS = 200;

    private ResultsPage() {}

    static String of(List<ResultRow> rows, Function<ResultRow, History> curves) {
        String main = Html.markup("header", Html.tag("h1", "Published and measured"))
                + table(rows)
                + rows.stream().map(row -> section(row, curves.apply(row))).collect(Collectors.joining());
        return HtmlPage.document("Published and measured", main);
    }

    private static String table(List<ResultRow> rows) {
        List<List<String>> cells = rows.stream().map(ResultsTable::cells).toList();
        String remarks = ResultsTable.remarks(rows).stream()
                .map(remark -> Html.tag("li", remark))
                .collect(Collectors.joining());
        String caption = "Test accuracy, or error, with 95 % intervals: published by the papers, and ours.";
        return Html.section(
                "Results",
                Html.table(caption, ResultsTable.titles(), cells)
                        + (remarks.isEmpty() ? "" : Html.markup("ul", remarks)));
    }

    private static String section(ResultRow row, History curve) {
        List<History.Point> points = curve.thinned(CURVE_POINTS);
        String report = row.claim().preset() + "/report/index.html";
        return Html.section(
                row.claim().title(),
                (row.remark().isEmpty() ? "" : Html.tag("p", row.remark()))
                        + (points.isEmpty() ? "" : CurveSection.accuracy(curve, points))
                        + Html.markup(
                                "pre", Html.tag("code", row.origin().command()).strip())
                        + Html.facts(facts(row).entrySet())
                        + (row.measured()
                                ? Html.markup(
                                        "p", Html.tag("a href=\"" + Html.escape(report) + '"', "Report of the run"))
                                : ""));
    }

    private static Map<String, String> facts(ResultRow row) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("published", row.claim().published());
        facts.put("published test", row.claim().protocol());
        facts.put("source", row.claim().source());
        row.test()
                .figures()
                .forEach(figure -> facts.merge("ours, " + figure.conditions(), figure.text(), ResultsPage::and));
        facts.put("our test", row.test().protocol());
        facts.put("iterations", row.iterations());
        facts.put("tested model", "of iteration " + Numbers.count(row.training().tested()));
        facts.put("training time", row.time());
        facts.put("seed", Long.toString(row.origin().seed()));
        facts.put("machine", row.origin().machine());
        facts.put("version", row.origin().version());
        facts.put("episode list (SHA-256)", row.test().episodesHash());
        facts.put("data (SHA-256)", row.origin().dataFingerprint());
        if (!row.measured()) {
            facts.keySet().removeAll(List.of("our test", "iterations", "tested model", "training time"));
        }
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    private static String and(String some, String more) {
        return some + "; " + more;
    }
}
