package io.fewshot4j.cli.check;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.learner.GradientCheck;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.console.ProgressLine;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.nd4j.linalg.api.buffer.DataType;

/** A learner's meta-gradient against central differences in double, on drawn episodes. */
public final class GradcheckCommand implements Command {
    private static final int ENTRIES = 5;
    private static final double TOLERANCE = 1e-6;

    @Override
    public String name() {
        return "gradcheck";
    }

    @Override
    public String summary() {
        return "check a learner's meta-gradient against central differences in double, per parameter";
    }

    @Override
    public String usage() {
        return "[--learner maml] [--set key=value ...] [--entries N] [--tolerance 1e-6]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("learner", "NAME", "the learner; maml where it is not given"))
                .addOption(Flags.values(
                        "set", "key=value", "a setting of the learner, the episodes or the drawn characters"))
                .addOption(Flags.value(
                        "entries", "N", "entries checked of each parameter; " + ENTRIES + " where it is not given"))
                .addOption(Flags.value("tolerance", "X", "largest relative error allowed; 1e-6 where it is not given"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j gradcheck",
                "fewshot4j gradcheck --set inner-steps=5 pooling=max-pool head=flatten",
                "fewshot4j gradcheck --learner protonet --entries 20 --json");
    }

    /**
     * The figures of a check.
     *
     * @param error the largest of all parameters
     * @param settings that decide the gradient
     */
    record Result(
            String learner,
            double tolerance,
            double error,
            boolean ok,
            List<GradientCheck.Row> parameters,
            Settings settings) {
        static Result of(Experiment experiment, double tolerance, List<GradientCheck.Row> rows) {
            double error =
                    rows.stream().mapToDouble(GradientCheck.Row::error).max().orElse(0);
            return new Result(
                    experiment.learnerName(),
                    tolerance,
                    error,
                    rows.stream().allMatch(row -> row.error() <= tolerance),
                    List.copyOf(rows),
                    experiment.settings());
        }

        String text() {
            TextTable table = new TextTable(1).row("parameter", "entries", "checked", "largest", "error", "");
            for (GradientCheck.Row row : parameters) {
                table.row(
                        row.parameter(),
                        Long.toString(row.length()),
                        Integer.toString(row.checked()),
                        scientific(row.largest()),
                        scientific(row.error()),
                        row.error() <= tolerance ? "ok" : "over");
            }
            String verdict = ok ? "within the tolerance " : "over the tolerance ";
            return table + "\n" + learner + ": largest relative error " + scientific(error) + ", " + verdict
                    + scientific(tolerance);
        }

        private static String scientific(double value) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        DrawnTasks drawn = DrawnTasks.of(flags.getOptionValue("learner", "maml"), RunSettings.given(flags));
        int entries = Flags.count(flags, "entries", 1, ENTRIES);
        double tolerance = Flags.positive(flags, "tolerance", TOLERANCE);
        Result result = Result.of(drawn.experiment(), tolerance, rows(drawn, entries, console));
        console.result(result, result.text());
        return result.ok() ? 0 : 1;
    }

    private static List<GradientCheck.Row> rows(DrawnTasks drawn, int entries, Console console) {
        console.compute();
        Experiment experiment = drawn.experiment();
        try (Model model = experiment.initialise(DataType.DOUBLE);
                Learner learner = experiment.learner(model);
                ProgressLine progress = ProgressLine.counting(
                        console.progress(),
                        "checking",
                        "parameters",
                        model.parameters().names().size())) {
            return GradientCheck.compare(
                    learner, drawn.tasks(), entries, experiment.training().seed(), row -> progress.advance(1));
        }
    }
}
