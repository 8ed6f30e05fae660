package io.fewshot4j.cli.check;

import io.fewshot4j.catalog.Catalog;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.console.ProgressLine;
import io.fewshot4j.tensor.Npz;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every learner's meta-gradient on the same drawn episodes: written on one device, compared on another. */
public final class GradientsCommand implements Command {
    private static final double TOLERANCE = 1e-3;

    /** All tasks in one graph, as a GPU computes them. */
    private static final Settings TOGETHER = Settings.of(Map.of("tasks-per-graph", "2"));

    @Override
    public String name() {
        return "gradients";
    }

    @Override
    public String summary() {
        return "write every learner's meta-gradient to a file, or compare them with one from another device";
    }

    @Override
    public String usage() {
        return "--out FILE.npz\n  fewshot4j gradients --against FILE.npz [--tolerance 1e-3]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("out", "FILE.npz", "where the gradients are written"))
                .addOption(Flags.value("against", "FILE.npz", "gradients to compare with"))
                .addOption(Flags.value(
                        "tolerance",
                        "X",
                        "the largest difference allowed, relative to a learner's largest entry (1e-3)"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j gradients --device cpu --out cpu.npz",
                "fewshot4j gradients --device cuda --against cpu.npz");
    }

    /** A learner's largest difference. */
    record Row(String learner, LargestDifference difference) {}

    /** All learners'. */
    record Result(double tolerance, boolean ok, List<Row> learners) {
        String text() {
            TextTable table = new TextTable(2).row("learner", "worst array", "difference", "");
            for (Row row : learners) {
                table.row(
                        row.learner(),
                        row.difference().array(),
                        String.format(Locale.ROOT, "%.1e", row.difference().value()),
                        row.difference().value() <= tolerance ? "ok" : "over");
            }
            return table.toString();
        }
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        Optional<Path> against = Flags.path(flags, "against");
        Optional<Path> out = Flags.path(flags, "out");
        if (against.isPresent() == out.isPresent()) {
            throw new ParseException("--out or --against must be given, got " + (out.isPresent() ? "both" : "none"));
        }
        double tolerance = Flags.positive(flags, "tolerance", TOLERANCE);
        console.compute();
        Map<String, INDArray> gradients = gradients(console);
        if (out.isPresent()) {
            Npz.write(out.get(), gradients);
            console.result(Map.of("out", out.get()), "wrote " + out.get());
            return 0;
        }
        Result result = compare(gradients, Npz.read(against.get()), tolerance);
        console.result(result, result.text());
        return result.ok() ? 0 : 1;
    }

    /** Gradients by {@code learner/parameter}; a learner without parameters has none. */
    private static Map<String, INDArray> gradients(Console console) {
        Map<String, INDArray> all = new LinkedHashMap<>();
        List<LearnerSpec<?>> learners = Catalog.classifiers();
        try (ProgressLine progress =
                ProgressLine.counting(console.progress(), "gradients", "learners", learners.size())) {
            for (LearnerSpec<?> spec : learners) {
                DrawnTasks drawn = DrawnTasks.of(spec.name(), TOGETHER);
                try (Model model = drawn.experiment().initialise(DataType.FLOAT);
                        Learner learner = drawn.experiment().learner(model)) {
                    if (!model.parameters().names().isEmpty()) {
                        all.putAll(gradients(spec.name(), learner, drawn));
                    }
                }
                progress.advance(1);
            }
        }
        return all;
    }

    private static Map<String, INDArray> gradients(String name, Learner learner, DrawnTasks drawn) {
        Map<String, INDArray> own = new LinkedHashMap<>();
        try (MetaGradient mean = learner.metaGradient(drawn.tasks())) {
            mean.gradient()
                    .names()
                    .forEach(parameter -> own.put(
                            name + "/" + parameter,
                            mean.gradient().get(parameter).dup('c')));
        }
        return own;
    }

    private static Result compare(Map<String, INDArray> found, Map<String, INDArray> expected, double tolerance) {
        List<Row> rows = new ArrayList<>();
        for (LearnerSpec<?> spec : Catalog.classifiers()) {
            Map<String, INDArray> own = new LinkedHashMap<>(expected);
            own.keySet().removeIf(name -> !name.startsWith(spec.name() + "/"));
            if (!own.isEmpty()) {
                rows.add(new Row(spec.name(), LargestDifference.of(found, own, name -> true)));
            }
        }
        return new Result(
                tolerance, rows.stream().allMatch(row -> row.difference().value() <= tolerance), rows);
    }
}
