package io.fewshot4j.report.html;

import io.fewshot4j.report.RegressionReport;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.report.WholeFiles;
import io.fewshot4j.report.table.EvaluationCsv;
import io.fewshot4j.report.table.HistoryCsv;
import io.fewshot4j.report.table.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a report as a folder: {@code index.html} for people, and the same figures as {@code report.json},
 * {@code history.csv}, {@code accuracy-by-step.csv} and {@code episodes.csv}.
 */
public final class ReportWriter {
    private static final String PAGE = "index.html";

    private ReportWriter() {}

    /** Writes all files, each whole or not at all, the page last; gives the page's path. */
    public static Path write(Path folder, RunReport report) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("history.csv", HistoryCsv.write(report.history()));
        files.put("accuracy-by-step.csv", EvaluationCsv.byStep(report.evaluations()));
        files.put("episodes.csv", EvaluationCsv.byEpisode(report.evaluations()));
        files.put("report.json", Json.text(report) + "\n");
        return write(folder, files, HtmlPage.of(report));
    }

    /** Writes the report of a regression: {@code index.html}, {@code report.json} and {@code error-by-step.csv}. */
    public static Path write(Path folder, RegressionReport report) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("error-by-step.csv", report.csv());
        files.put("report.json", Json.text(report) + "\n");
        return write(folder, files, RegressionPage.of(report));
    }

    private static Path write(Path folder, Map<String, String> files, String page) {
        files.put(PAGE, page);
        WholeFiles.write(folder, files);
        return folder.resolve(PAGE);
    }
}
