package io.fewshot4j.cli;

import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.report.html.ResultsFolder;
import io.fewshot4j.report.table.ResultRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Several published experiments, one after the other: each gets its row in the table, whatever becomes of the others.
 */
record Reproductions(List<Reproduction> all, ResultsFolder table, DataPaths paths, PackedCache cache) {
    private static final String FAILED = "failed: ";

    Reproductions {
        all = List.copyOf(all);
    }

    /**
     * Makes the rows that are not there yet.
     *
     * @return whether it came to the end; the user may have interrupted it
     */
    boolean run(Console console) {
        for (Reproduction one : all) {
            if (table.row(one.name()).filter(one::isDone).isEmpty()) {
                console.note(one.name() + " (" + (all.indexOf(one) + 1) + " of " + all.size() + ")");
                Optional<ResultRow> row = row(one, console);
                if (row.isEmpty()) {
                    return false;
                }
                table.put(row.get());
            }
        }
        return true;
    }

    /** The rows of these experiments in the table. */
    List<ResultRow> rows() {
        return all.stream().flatMap(one -> table.row(one.name()).stream()).toList();
    }

    /** Whether something was measured and nothing failed. */
    boolean isGood() {
        List<ResultRow> rows = rows();
        return rows.stream().anyMatch(ResultRow::measured)
                && rows.stream().noneMatch(row -> row.problem().startsWith(FAILED));
    }

    private Optional<ResultRow> row(Reproduction one, Console console) {
        Optional<String> data = one.neededData();
        Optional<Path> path = data.flatMap(name -> paths.of(name, isOnlyDataset()));
        if (data.isPresent() && path.isEmpty()) {
            String problem = "not run: no data; add --data " + data.get() + "=PATH";
            return Optional.of(table.row(one.name()).filter(ResultRow::measured).orElseGet(() -> one.without(problem)));
        }
        try {
            return one.run(TrainingData.load(one.experiment(), path, cache, console), console);
        } catch (RuntimeException | OutOfMemoryError e) {
            Faults.tell(e, console.err(), Faults.traces());
            return Optional.of(one.without(FAILED + Faults.line(e)));
        }
    }

    private boolean isOnlyDataset() {
        return all.stream().flatMap(one -> one.neededData().stream()).distinct().count() == 1;
    }
}
