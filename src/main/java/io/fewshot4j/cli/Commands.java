package io.fewshot4j.cli;

import io.fewshot4j.cli.check.BenchCommand;
import io.fewshot4j.cli.check.DoctorCommand;
import io.fewshot4j.cli.check.GradcheckCommand;
import io.fewshot4j.cli.check.GradientsCommand;
import io.fewshot4j.cli.check.SmokeCommand;
import io.fewshot4j.cli.check.VerifyCommand;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.options.Nearest;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.cli.ParseException;

/** Every command, in the order of the overview. */
final class Commands {
    static final List<Command> ALL = List.of(
            new DemoCommand(), //
            new TrainCommand(),
            new EvaluateCommand(),
            new ReproduceCommand(),
            new SweepCommand(),
            new CompareCommand(),
            new PresetsCommand(),
            new ClassifyCommand(),
            new ModelsCommand(),
            new ModelsPackCommand(),
            new DataFetchCommand(),
            new DataPrepareCommand(),
            new DataInfoCommand(),
            new SinusoidCommand(),
            new DoctorCommand(),
            new SmokeCommand(),
            new GradcheckCommand(),
            new GradientsCommand(),
            new VerifyCommand(),
            new BenchCommand());

    private Commands() {}

    /** The command that a line begins with: of {@code models} and {@code models pack} the longer one. */
    static Command find(List<String> words) throws ParseException {
        return ALL.stream()
                .filter(command -> startsWith(words, List.of(command.name().split(" "))))
                .max(Comparator.comparingInt(command -> command.name().length()))
                .orElseThrow(() -> unknown(words));
    }

    private static boolean startsWith(List<String> words, List<String> name) {
        return words.size() >= name.size() && words.subList(0, name.size()).equals(name);
    }

    private static ParseException unknown(List<String> words) {
        String first = words.get(0);
        if (first.startsWith("-")) {
            return new ParseException("the first word must be a command, got " + first);
        }
        boolean group = ALL.stream().anyMatch(command -> command.name().startsWith(first + " "));
        String typed = group && words.size() > 1 ? first + " " + words.get(1) : first;
        return new ParseException("there is no command " + typed
                + Nearest.hint(typed, ALL.stream().map(Command::name).toList()));
    }
}
