package io.fewshot4j.cli;

import io.fewshot4j.cli.run.HeadTrials;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.EvaluationResult.Mode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An evaluation as a small table: a row for each inner step or instance, a column for each choice of batch statistics.
 */
final class EvaluationText {
    private EvaluationText() {}

    static String of(EvaluationResult result) {
        return task(result) + "\n\n" + table(result) + "\nmean query accuracy and its 95 % interval; episode list "
                + result.episodesHash();
    }

    /** Table with a row for each head. */
    static String of(HeadTrials heads) {
        EvaluationResult result = heads.results().get(0);
        return task(result) + "\n\n" + heads.text() + "\n\nmean query accuracy and its 95 % interval; episode list "
                + result.episodesHash();
    }

    private static String task(EvaluationResult result) {
        EpisodeShape shape = result.shape();
        return shape.way() + "-way " + shape.shot() + "-shot, " + shape.query()
                + (shape.query() == 1 ? " query" : " queries") + " per class, "
                + Numbers.count(result.episodes()) + " episodes of the " + Kebab.of(result.split())
                + " classes, seed " + result.seed();
    }

    private static String table(EvaluationResult result) {
        int steps = result.modes().get(0).accuracyByStep().size();
        List<String> names = IntStream.range(0, steps)
                .mapToObj(step -> steps == 1 ? "accuracy" : result.axis().name(step))
                .toList();
        int first = Math.max(names.stream().mapToInt(String::length).max().orElse(0), 8);
        Stream<String> heads = Stream.of(
                row(first, "", result.modes().stream().map(EvaluationText::protocol)),
                row(first, "", result.modes().stream().map(mode -> Kebab.of(mode.statistics()))));
        Stream<String> rows = IntStream.range(0, steps)
                .mapToObj(step ->
                        row(first, names.get(step), result.modes().stream().map(mode -> cell(mode, step))));
        return Stream.concat(heads, rows).collect(Collectors.joining());
    }

    private static String row(int first, String name, Stream<String> cells) {
        String line = cells.map(cell -> "  " + Help.padded(cell, 22)).collect(Collectors.joining());
        return (Help.padded(name, first) + line).stripTrailing() + "\n";
    }

    private static String protocol(Mode mode) {
        return mode.statistics().transductive() ? "transductive" : "inductive";
    }

    private static String cell(Mode mode, int step) {
        Interval accuracy = mode.accuracyByStep().get(step);
        return Numbers.percent(accuracy);
    }
}
