package io.fewshot4j.cli.check;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fewshot4j.backend.Backends;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.graph.runtime.OperationTimes;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.report.console.ProgressLine;
import io.fewshot4j.training.Benchmark;
import io.fewshot4j.training.MetaOptimizer;
import io.fewshot4j.training.OptimizerSettings;
import io.fewshot4j.training.Workers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.nd4j.linalg.api.buffer.DataType;

/** Times the standard settings. */
public final class BenchCommand implements Command {
    /**
     * One setting's figures: medians of wall and processor seconds of a meta-iteration, its work, and one instance's
     * memory.
     *
     * @param operations calls of a meta-iteration, with the seconds that each takes alone; empty where nobody asked
     */
    record Row(
            int number,
            @JsonUnwrapped BenchRow setting,
            int tasksPerGraph,
            double seconds,
            double coreSeconds,
            double gflop,
            double gflops,
            double gemmShare,
            double instanceMegabytes,
            List<OperationTimes.Time> operations) {
        Row {
            operations = List.copyOf(operations);
        }

        int calls() {
            return operations.stream().mapToInt(OperationTimes.Time::calls).sum();
        }
    }

    /**
     * Manner of timing: worker threads, timed meta-iterations, the most tasks of a graph, and whether each operation by
     * itself too.
     */
    private record Manner(int threads, int repeats, int tasksPerGraph, boolean operations) {}

    /** All rows, the machine's matrix-product rate on as many threads, and its load before. */
    record Result(List<Row> rows, double gemmGflops, int threads, double loadBefore, int repeats) {
        Result {
            rows = List.copyOf(rows);
        }
    }

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "time meta-iterations of the standard settings";
    }

    @Override
    public String usage() {
        return "[--rows 1,3] [--repeats 7] [--threads 0] [--tasks-per-graph 1] [--operations]";
    }

    @Override
    public Options options() {
        StringBuilder rows = new StringBuilder("rows to time, by number; all where absent:");
        for (int i = 0; i < BenchRow.STANDARD.size(); i++) {
            rows.append(" (").append(i + 1).append(") ").append(BenchRow.STANDARD.get(i));
        }
        return new Options()
                .addOption(Flags.value("rows", "LIST", rows.toString()))
                .addOption(Flags.value("repeats", "N", "timed meta-iterations; the median counts (7)"))
                .addOption(Flags.value("threads", "N", "worker threads; 0 for one per core (0)"))
                .addOption(Flags.value(
                        "tasks-per-graph",
                        "N",
                        "tasks that one graph computes at a time, or all where a row has fewer (1)"))
                .addOption(Flags.plain(
                        "operations",
                        "also what each operation of a meta-iteration takes, and how often it is called"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j bench",
                "fewshot4j bench --rows 3 --repeats 21 --json",
                "fewshot4j bench --rows 3,4 --tasks-per-graph 32");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        int wanted = Flags.count(flags, "threads", 0, 0);
        int repeats = Flags.count(flags, "repeats", 1, 7);
        int tasksPerGraph = Flags.count(flags, "tasks-per-graph", 1, 1);
        List<BenchRow> chosen = rows(flags);
        console.compute();
        int threads = Backends.workers(wanted);
        Manner manner = new Manner(threads, repeats, tasksPerGraph, flags.hasOption("operations"));
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        double gemm = MatrixProductRate.measure(threads);
        List<Row> rows = new ArrayList<>();
        for (BenchRow row : chosen) {
            try (ProgressLine progress =
                    ProgressLine.counting(console.progress(), row.toString(), "iterations", repeats)) {
                rows.add(measure(row, manner, gemm, progress));
            }
        }
        Result result = new Result(rows, gemm, threads, load, repeats);
        console.result(result, text(result));
        return 0;
    }

    private static List<BenchRow> rows(CommandLine flags) throws ParseException {
        if (!flags.hasOption("rows")) {
            return BenchRow.STANDARD;
        }
        List<BenchRow> rows = new ArrayList<>();
        for (String text : flags.getOptionValue("rows").split(",", -1)) {
            rows.add(row(text.strip()));
        }
        return rows;
    }

    private static BenchRow row(String text) throws ParseException {
        int all = BenchRow.STANDARD.size();
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > all) {
            throw new ParseException("--rows must be numbers from 1 to " + all + ", got \"" + text + "\"");
        }
        return BenchRow.STANDARD.get(Integer.parseInt(text) - 1);
    }

    private static Row measure(BenchRow row, Manner manner, double gemm, ProgressLine progress) {
        return measure(row.spec(), row, manner, gemm, progress);
    }

    private static <S extends Record> Row measure(
            LearnerSpec<S> spec, BenchRow row, Manner manner, double gemm, ProgressLine progress) {
        S settings = row.settings().bind(spec.defaults());
        TaskShape shape = row.shape(manner.tasksPerGraph());
        try (Model model = spec.initialise(settings, shape, 1, DataType.FLOAT);
                Workers<Learner> workers =
                        new Workers<>(m -> spec.create(settings, shape, m), model, manner.threads());
                MetaOptimizer optimizer =
                        new MetaOptimizer(OptimizerSettings.defaults(), manner.repeats(), model.parameters())) {
            Benchmark benchmark = new Benchmark(workers, optimizer, model);
            Benchmark.Timing timing = benchmark.measure(
                    row.metaBatch(), shape.tasksPerGraph(), manner.repeats(), done -> progress.advance(1));
            Cost cost = workers.ask(Learner::cost);
            double gflop = cost.operations() * row.tasks() * 1e-9;
            double gflops = gflop / timing.seconds();
            return new Row(
                    1 + BenchRow.STANDARD.indexOf(row),
                    row,
                    shape.tasksPerGraph(),
                    timing.seconds(),
                    timing.coreSeconds(),
                    gflop,
                    gflops,
                    gflops / gemm,
                    cost.bufferBytes() * 1e-6,
                    manner.operations() ? benchmark.operations(row.metaBatch(), shape.tasksPerGraph()) : List.of());
        }
    }

    private static String text(Result result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d threads, matrix product %.0f GFLOP/s, load before %.2f, median of %d%n",
                result.threads(),
                result.gemmGflops(),
                result.loadBefore(),
                result.repeats()));
        text.append(String.format("%-88s %9s %9s %8s %7s %8s", "", "seconds", "core s", "GFLOP/s", "share", "MB"));
        for (Row row : result.rows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-88s %9.3f %9.3f %8.1f %6.0f%% %8.1f",
                    row.setting(),
                    row.seconds(),
                    row.coreSeconds(),
                    row.gflops(),
                    100 * row.gemmShare(),
                    row.instanceMegabytes()));
            if (!row.operations().isEmpty()) {
                text.append(operations(row));
            }
        }
        return text.toString();
    }

    private static String operations(Row row) {
        TextTable table = new TextTable(1).row("    " + row.calls() + " calls", "calls", "ms");
        for (OperationTimes.Time time : row.operations()) {
            table.row(
                    "    " + time.operation().nativeName()
                            + (time.runner() == OperationTimes.Runner.KERNEL ? " (own kernel)" : ""),
                    Integer.toString(time.calls()),
                    String.format(Locale.ROOT, "%.2f", 1e3 * time.seconds()));
        }
        return "\n" + table;
    }
}
