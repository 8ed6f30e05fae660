package io.fewshot4j.cli;

import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.report.Csv;
import io.fewshot4j.report.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answers to a user's queries.
 *
 * @param checkpoint of the run, in words
 * @param statistics as the flag names them
 * @param transductive whether an answer depends on the other queries
 * @param shots support images of each class
 */
record Classification(
        Path run,
        String checkpoint,
        String learner,
        String statistics,
        boolean transductive,
        Map<String, Integer> shots,
        List<Answer> answers) {
    /** Most classes that have a column each; of more, the likeliest few are shown. */
    private static final int MOST_COLUMNS = 10;

    /** One query: the likeliest class and its probability, and those of all classes in the classes' order. */
    record Answer(String image, String predicted, double probability, Map<String, Double> probabilities) {
        static Answer of(String image, List<String> classNames, Scores scores, int query) {
            Map<String, Double> probabilities = new LinkedHashMap<>();
            for (int label = 0; label < classNames.size(); label++) {
                probabilities.put(classNames.get(label), scores.probability(query, label));
            }
            int predicted = scores.predicted(query);
            return new Answer(image, classNames.get(predicted), scores.probability(query, predicted), probabilities);
        }

        private String likeliest() {
            return probabilities.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .skip(1)
                    .limit(3)
                    .map(entry -> entry.getKey() + " " + Numbers.percent(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
    }

    /** All probabilities: a row for each query, a column for each class. */
    String csv() {
        Stream<String> columns = Stream.concat(Stream.of("image", "predicted", "probability"), shots.keySet().stream());
        Csv csv = new Csv(columns.toArray(String[]::new));
        for (Answer answer : answers) {
            List<Object> cells = new ArrayList<>(List.of(answer.image(), answer.predicted(), answer.probability()));
            cells.addAll(answer.probabilities().values());
            csv.row(cells.toArray());
        }
        return csv.toString();
    }

    String text() {
        return table() + "\n" + learner + ", " + checkpoint + "; " + shots.size() + " classes, "
                + shots.values().stream().mapToInt(Integer::intValue).sum() + " support images; batch statistics "
                + statistics + ": "
                + (transductive
                        ? "transductive, an answer depends on the other queries"
                        : "inductive, each query is answered on its own");
    }

    private TextTable table() {
        boolean all = shots.size() <= MOST_COLUMNS;
        List<String> header = new ArrayList<>(List.of("image", "predicted", "probability"));
        header.addAll(all ? shots.keySet() : List.of("next (all: --json or --csv)"));
        TextTable table = new TextTable(2).row(header);
        for (Answer answer : answers) {
            List<String> row =
                    new ArrayList<>(List.of(answer.image(), answer.predicted(), Numbers.percent(answer.probability())));
            if (all) {
                answer.probabilities().values().forEach(probability -> row.add(Numbers.percent(probability)));
            } else {
                row.add(answer.likeliest());
            }
            table.row(row);
        }
        return table;
    }
}
