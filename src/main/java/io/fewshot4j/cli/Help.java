package io.fewshot4j.cli;

import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.cli.console.Flags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/** The help texts. */
final class Help {
    private static final String FIRST_STEPS = """

            First steps:
              fewshot4j demo
              fewshot4j data fetch omniglot --to data/omniglot
              fewshot4j train --preset maml/omniglot-5way-1shot --data data/omniglot --out runs/maml
              fewshot4j evaluate --run runs/maml --data data/omniglot

            Commands:
            """;
    private static final String END = """

            fewshot4j COMMAND --help explains a command, fewshot4j --version says which version this is.
            Exit codes: 0 done, 1 failed, 2 wrong command or flags. FEWSHOT4J_TRACE=1 adds stack traces to messages.
            """;

    private Help() {}

    /** Overview of the commands, and how to begin. */
    static String overview(List<Command> commands) {
        Map<String, String> lines = new LinkedHashMap<>();
        commands.forEach(command -> lines.put(command.name(), command.summary()));
        return "fewshot4j " + Environment.VERSION + ": few-shot image classification on DeepLearning4J\n" + FIRST_STEPS
                + columns(lines) + END;
    }

    /** All about one command. */
    static String of(Command command) {
        Map<String, String> flags = new LinkedHashMap<>();
        Flags.all(command).getOptions().forEach(option -> flags.put(flag(option), option.getDescription()));
        String details = command.details();
        return "fewshot4j " + command.name() + ": " + command.summary() + "\n\nUsage:\n  fewshot4j " + command.name()
                + " " + command.usage() + "\n\nFlags:\n" + columns(flags) + (details.isEmpty() ? "" : "\n" + details)
                + "\nExamples:\n"
                + command.examples().stream().collect(Collectors.joining("\n  ", "  ", "\n"));
    }

    private static String flag(Option option) {
        String more = option.getArgs() == Option.UNLIMITED_VALUES ? " ..." : "";
        return "--" + option.getLongOpt() + (option.hasArg() ? " " + option.getArgName() + more : "");
    }

    /** Lines of a word and what it means. */
    static String columns(Map<String, String> lines) {
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        return lines.entrySet().stream()
                .map(line -> "  " + padded(line.getKey(), width) + "  " + line.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** A text with spaces after it, up to a width. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
