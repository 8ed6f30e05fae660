package io.fewshot4j.report;

import io.fewshot4j.training.EvaluationResult;
import java.util.List;
import java.util.stream.Collectors;

/** Results as a Markdown table. What was measured here and what others published stand in columns of their own. */
public final class ResultsTable {
    private static final String HEADER = """
            | method | data | task | protocol | queries per class | episodes | fewshot4j | published | source |
            |---|---|---|---|--:|--:|--:|--:|---|
            """;

    private ResultsTable() {}

    /**
     * A method's results beside figures from the literature.
     *
     * @param published empty where there are none for this task
     */
    public record Entry(String method, String data, EvaluationResult result, List<Published> published) {
        public Entry {
            published = List.copyOf(published);
        }
    }

    /**
     * A figure as its source prints it: {@code 98.7 ± 0.4}.
     *
     * @param transductive decides beside which of our rows it stands
     */
    public record Published(String figure, boolean transductive, String source) {}

    /** The table: one row for each mode of each entry. */
    public static String markdown(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.result().modes().stream().map(mode -> row(entry, mode)))
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String row(Entry entry, EvaluationResult.Mode mode) {
        EvaluationResult result = entry.result();
        List<Published> peers = entry.published().stream()
                .filter(p -> p.transductive() == mode.statistics().transductive())
                .toList();
        return List.of(
                        entry.method(),
                        entry.data(),
                        Words.task(result.shape()),
                        Words.protocol(mode.statistics()),
                        Integer.toString(result.shape().query()),
                        Numbers.count(result.episodes()),
                        Numbers.percent(mode.accuracy()).replace(" %", ""),
                        peers.stream().map(Published::figure).collect(Collectors.joining("; ")),
                        peers.stream().map(Published::source).collect(Collectors.joining("; ")))
                .stream()
                .map(cell -> cell.isEmpty() ? "–" : cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
