package io.fewshot4j.report.html;

import io.fewshot4j.report.table.TrialRow;
import io.fewshot4j.report.table.TrialsTable;
import java.util.List;

/** A sweep as a page: the best trial, parallel coordinates of those that went furthest, and the table. */
final class SweepPage {
    private SweepPage() {}

    static String of(SweepView view, TrialsTable table) {
        String main = Html.markup("header", Html.tag("h1", view.title()))
                + Html.section("Trials", picture(view, table) + table(table))
                + Html.section(
                        "Reproduce",
                        Html.markup("pre", Html.tag("code", view.command()).strip())
                                + Html.facts(view.facts().entrySet()));
        return HtmlPage.document(view.title(), main);
    }

    private static String picture(SweepView view, TrialsTable table) {
        List<TrialRow> validated =
                table.rows().stream().filter(row -> row.last().isPresent()).toList();
        return new ParallelCoordinates(view.axes(), validated).markup();
    }

    private static String table(TrialsTable table) {
        return Html.table(
                "The best trial first: by its last validation accuracy among those that were trained longest. The picture"
                        + " shows the best in another colour, and better ones stronger.",
                table.titles(),
                table.rows().stream().map(table::cells).toList());
    }
}
