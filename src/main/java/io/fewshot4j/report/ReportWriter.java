package io.fewshot4j.report;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a report as a folder: {@code index.html} for people, and the same figures as {@code report.json},
 * {@code history.csv}, {@code accuracy-by-step.csv} and {@code episodes.csv}.
 */
public final class ReportWriter {
    private ReportWriter() {}

    /** Writes all files, each whole or not at all, the page last; gives the page's path. */
    public static Path write(Path folder, RunReport report) {
        String page = HtmlPage.of(report);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("history.csv", HistoryCsv.write(report.history()));
        files.put("accuracy-by-step.csv", EvaluationCsv.byStep(report.evaluations()));
        files.put("episodes.csv", EvaluationCsv.byEpisode(report.evaluations()));
        files.put("report.json", Json.text(report) + "\n");
        return write(folder, files, page);
    }

    /** The same of a regression: {@code index.html}, {@code report.json} and {@code error-by-step.csv}. */
    public static Path write(Path folder, RegressionReport report) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("error-by-step.csv", report.csv());
        files.put("report.json", Json.text(report) + "\n");
        return write(folder, files, RegressionPage.of(report));
    }

    private static Path write(Path folder, Map<String, String> files, String page) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files.entrySet()) {
                replace(folder, file.getKey(), file.getValue());
            }
            return replace(folder, "index.html", page);
        } catch (IOException e) {
            throw new FewShotException(
                    "the report must go to a folder that can be written to, got " + folder + " ("
                            + e.getClass().getSimpleName() + "); name another folder or mend its rights",
                    e);
        }
    }

    private static Path replace(Path folder, String name, String content) throws IOException {
        Path part = folder.resolve(name + ".part");
        try {
            Files.writeString(part, content);
            return Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
