package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.cli.run.StopOnInterrupt;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.options.Nearest;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.RegressionReport;
import io.fewshot4j.report.RegressionReport.Method;
import io.fewshot4j.report.RunFacts;
import io.fewshot4j.report.html.ReportWriter;
import io.fewshot4j.training.RegressionResult;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code sinusoid}: the regression experiment of Finn et al. 2017. */
final class SinusoidCommand implements Command {
    /** Document of {@code --json}. */
    record Compared(List<Trained> methods, Path report) {}

    /** One method of it. */
    record Trained(String method, long iteration, List<RegressionResult> results) {}

    private static final List<String> METHODS = Presets.sinusoids().stream()
            .map(name -> name.substring("sinusoid/".length(), name.lastIndexOf('-')))
            .toList();
    private static final List<String> OF_THE_PAPER = List.of("maml", "pretrained", "oracle");
    /** Functions to test on, as in the paper. */
    private static final int TEST_TASKS = 600;

    private static final List<Integer> SHOTS = List.of(5, 10, 20);

    @Override
    public String name() {
        return "sinusoid";
    }

    @Override
    public String summary() {
        return "learn sine curves from a few points: MAML and its kin beside baselines (Finn et al. 2017)";
    }

    @Override
    public String usage() {
        return "--out DIR [--method maml pretrained oracle ...] [--tasks 600] [--set key=value ...]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value(
                        "out", "DIR", "a run for each method, and the report; what was begun there is gone on with"))
                .addOption(Flags.values(
                        "method", "METHOD", String.join(", ", METHODS) + "; default " + String.join(" ", OF_THE_PAPER)))
                .addOption(Flags.value("tasks", "N", "how many functions to test on; default 600"))
                .addOption(RunSettings.SET);
    }

    @Override
    public String details() {
        return "Each method is trained as its preset says (fewshot4j presets sinusoid/maml-10shot), then tested from "
                + SHOTS.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + " points.\nThe same command goes on where it was stopped.\n\n"
                + SettingsHelp.section(
                        "Sinusoids",
                        Experiment.of(Presets.load(Presets.sinusoids().get(0)).settings())
                                .dataSettings());
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j sinusoid --out runs/sinusoid",
                "fewshot4j sinusoid --out runs/sinusoid --method fomaml reptile",
                "fewshot4j sinusoid --out runs/short --method maml --set iterations=5000");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        Instant start = Instant.now();
        Path out = Path.of(Flags.required(flags, "out"));
        int tasks = Math.toIntExact(Flags.whole(flags, "tasks", 1, TEST_TASKS));
        List<String> asked = methods(flags);
        console.compute();
        if (!train(out, asked, RunSettings.given(flags), console)) {
            console.message("interrupted; to go on: " + Flags.line(this, flags));
            return 1;
        }
        List<Method> tested = METHODS.stream()
                .flatMap(method -> SinusoidRun.trained(out, method).stream())
                .map(run -> tested(run, tasks, console))
                .toList();
        RunFacts facts = FunctionTrials.facts(tested.get(0), Flags.line(this, flags), start);
        Path page = ReportWriter.write(out.resolve("report"), new RegressionReport(facts, tested));
        console.result(
                new Compared(
                        tested.stream()
                                .map(m -> new Trained(m.name(), m.iteration(), m.results()))
                                .toList(),
                        page),
                text(tested) + "report: " + page);
        return 0;
    }

    private static List<String> methods(CommandLine flags) throws ParseException {
        List<String> asked = flags.hasOption("method") ? List.of(flags.getOptionValues("method")) : OF_THE_PAPER;
        for (String method : asked) {
            if (!METHODS.contains(method)) {
                throw new ParseException("--method must be of " + String.join(", ", METHODS) + ", got \"" + method
                        + "\"" + Nearest.hint(method, METHODS));
            }
        }
        return asked;
    }

    /** Whether all came to their end. */
    private static boolean train(Path out, List<String> methods, Settings given, Console console) {
        try (StopOnInterrupt interrupt = StopOnInterrupt.install(console)) {
            for (String method : methods) {
                console.message(method + ":");
                TrainingEvent.Stopped stopped = SinusoidRun.begunOrResumed(out, method, given)
                        .training()
                        .train(console, interrupt.signal(), event -> {})
                        .stopped();
                if (stopped.reason() == TrainingEvent.Reason.INTERRUPTED) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Method tested(SinusoidRun run, int tasks, Console console) {
        console.message("testing " + run.method());
        return run.test(SHOTS, tasks);
    }

    private static String text(List<Method> methods) {
        StringBuilder text = new StringBuilder("mean squared error and its 95 % interval, by inner step\n");
        for (Method method : methods) {
            for (RegressionResult result : method.results()) {
                List<Interval> steps = result.errorByStep();
                text.append(Help.padded(method.name() + ", " + result.shot() + " points", 24))
                        .append("  0: ")
                        .append(Numbers.error(steps.get(0)))
                        .append("  1: ")
                        .append(Numbers.error(steps.get(1)))
                        .append("  ")
                        .append(steps.size() - 1)
                        .append(": ")
                        .append(Numbers.error(result.last()))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
