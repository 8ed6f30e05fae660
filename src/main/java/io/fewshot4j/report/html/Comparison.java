package io.fewshot4j.report.html;

import io.fewshot4j.FewShotException;
import io.fewshot4j.report.History;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.WholeFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs side by side: their curves in one chart, and the settings in which they differ. */
public record Comparison(List<Run> runs) {
    /** Settings that decide on which episodes a run is validated. */
    private static final List<String> VALIDATION = List.of(
            "dataset",
            "way",
            "shot",
            "query",
            "test-query",
            "test-query-counts",
            "test-episode-rotation",
            "validation-episodes",
            "validation-statistics");

    private static final int MOST = Chart.Look.COLOURS.size();

    public Comparison {
        runs = List.copyOf(runs);
        List<String> names = runs.stream().map(Run::name).toList();
        if (runs.size() < 2 || runs.size() > MOST) {
            throw new FewShotException("runs to compare must be 2 to " + MOST + ", got " + runs.size()
                    + "; more lines cannot be told apart");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new FewShotException("each run must be given once, got " + String.join(", ", names));
        }
    }

    /**
     * One run.
     *
     * @param name unlike the others'
     * @param settings in force, by key
     */
    public record Run(String name, Map<String, String> settings, History history) {
        public Run {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }
    }

    /** Each setting in which the runs differ, with its value in each run; a dash where a run has none. */
    public Map<String, List<String>> differences() {
        Set<String> keys = runs.stream()
                .flatMap(run -> run.settings().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String key : keys) {
            List<String> values = runs.stream()
                    .map(run -> run.settings().getOrDefault(key, "–"))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                differences.put(key, values);
            }
        }
        return differences;
    }

    /** Warning where the runs' validation accuracies are of different tasks. */
    public Optional<String> warning() {
        List<String> unlike =
                VALIDATION.stream().filter(differences()::containsKey).toList();
        return unlike.isEmpty()
                ? Optional.empty()
                : Optional.of("the runs were not validated alike, they differ in " + String.join(", ", unlike));
    }

    /** The heads of {@link #summary}. */
    public static List<String> titles() {
        return List.of("run", "iterations", "best validation", "at iteration", "last validation");
    }

    /** Progress of each run: name, iterations, best and last validation. */
    public List<List<String>> summary() {
        return runs.stream().map(Comparison::summary).toList();
    }

    private static List<String> summary(Run run) {
        History history = run.history();
        List<String> best = history.best()
                .map(b -> List.of(Numbers.percent(b.accuracy()), Numbers.count(b.iteration())))
                .orElse(List.of("–", "–"));
        String last = history.validations().stream()
                .reduce((earlier, later) -> later)
                .map(v -> Numbers.percent(v.accuracy()))
                .orElse("–");
        return List.of(run.name(), Numbers.count(history.updates().size()), best.get(0), best.get(1), last);
    }

    /** Writes it as a page that needs no other file. */
    public void write(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        WholeFiles.write(
                folder == null ? file.toAbsolutePath() : folder,
                Map.of(String.valueOf(file.getFileName()), ComparisonPage.of(this)));
    }
}
