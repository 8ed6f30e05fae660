package io.fewshot4j.cli.console;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.backend.CudaProbe;
import io.fewshot4j.backend.Device;
import io.fewshot4j.options.Nearest;
import io.fewshot4j.report.console.ProgressOutput;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Flags as all commands make and read them. */
public final class Flags {
    private static final Option DEVICE = value(
            "device",
            "cpu|cuda|auto",
            "what computes; auto takes CUDA where it can run, and says so where it cannot (auto)");

    private Flags() {}

    /** {@code --name VALUE}. */
    public static Option value(String name, String value, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(value)
                .desc(description)
                .get();
    }

    /** {@code --name VALUE ...}, any number of times. */
    public static Option values(String name, String value, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArgs()
                .argName(value)
                .desc(description)
                .get();
    }

    /** {@code --name}. */
    public static Option plain(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    /** A command's flags and those that every command has. */
    public static Options all(Command command) {
        return new Options()
                .addOptions(command.options())
                .addOptions(command.computes() ? new Options().addOption(DEVICE) : new Options())
                .addOption(plain("json", "print the result as one JSON document"))
                .addOption(plain("plain", "show progress as lines, not as a bar"))
                .addOption(plain("quiet", "show no progress"))
                .addOption(plain("help", "print this help"));
    }

    /** Reads a command's flags; each may be given once, but for those of any number of values. */
    public static CommandLine parse(Command command, List<String> words) throws ParseException {
        Options options = all(command);
        try {
            DefaultParser parser =
                    DefaultParser.builder().setAllowPartialMatching(false).get();
            CommandLine flags = parser.parse(options, words.toArray(String[]::new));
            requireOnce(flags);
            return flags;
        } catch (UnrecognizedOptionException e) {
            List<String> names = options.getOptions().stream()
                    .map(option -> "--" + option.getLongOpt())
                    .toList();
            throw new ParseException(
                    command.name() + " has no flag " + e.getOption() + Nearest.hint(e.getOption(), names));
        } catch (MissingArgumentException e) {
            Option option = e.getOption();
            throw new ParseException(
                    "--" + option.getLongOpt() + " must be followed by " + option.getArgName() + ", got nothing");
        }
    }

    private static void requireOnce(CommandLine flags) throws ParseException {
        Set<String> seen = new HashSet<>();
        for (Option option : flags.getOptions()) {
            if (!seen.add(option.getLongOpt()) && option.getArgs() != Option.UNLIMITED_VALUES) {
                throw new ParseException("--" + option.getLongOpt() + " must be given once, got it again");
            }
        }
    }

    /**
     * Console of a command, by {@code --json}, {@code --plain} and {@code --quiet}, and the device that it may compute
     * on.
     */
    public static Console console(Command command, CommandLine flags, PrintStream out, PrintStream err)
            throws ParseException {
        ProgressOutput standard =
                ProgressOutput.standardError(flags.hasOption("plain"), flags.hasOption("quiet"), false);
        ProgressOutput progress =
                new ProgressOutput(err, standard.style(), standard.unicode(), standard.verbose(), standard.clock());
        Backends.Choice device = command.computes()
                ? Backends.choose(device(flags), CudaProbe::facts)
                : new Backends.Choice(Device.CPU, "");
        return new Console(out, err, progress, flags.hasOption("json"), device);
    }

    /** The device that a command is to compute on; empty for whichever is best. */
    private static Optional<Device> device(CommandLine flags) throws ParseException {
        String word = word(flags, "device", List.of("auto", "cpu", "cuda"));
        return word.equals("auto") ? Optional.empty() : Optional.of(Device.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    /** A flag's value as it must be given. */
    public static String required(CommandLine flags, String name) throws ParseException {
        return optional(flags, name).orElseThrow(() -> new ParseException("--" + name + " must be given, got none"));
    }

    public static Optional<String> optional(CommandLine flags, String name) {
        return Optional.ofNullable(flags.getOptionValue(name));
    }

    public static Optional<Path> path(CommandLine flags, String name) {
        return optional(flags, name).map(Path::of);
    }

    /** A whole number, or {@code absent} where the flag is not given. */
    public static long whole(CommandLine flags, String name, long least, long absent) throws ParseException {
        String text = flags.getOptionValue(name, Long.toString(absent));
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        String range = least == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + least;
        throw new ParseException("--" + name + " must be " + range + ", got " + text);
    }

    /** A number above 0, or {@code absent} where the flag is not given. */
    public static double positive(CommandLine flags, String name, double absent) throws ParseException {
        String text = flags.getOptionValue(name, Double.toString(absent));
        try {
            double number = Double.parseDouble(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ParseException("--" + name + " must be a number above 0, got " + text);
    }

    /** A flag's value as a number of things. */
    public static int count(CommandLine flags, String name, int least, int absent) throws ParseException {
        long number = whole(flags, name, least, absent);
        if (number > Integer.MAX_VALUE) {
            throw new ParseException("--" + name + " must be at most " + Integer.MAX_VALUE + ", got " + number);
        }
        return (int) number;
    }

    /** A time such as {@code 90s}, {@code 20m} or {@code 2h} in seconds, or 0 where the flag is not given. */
    public static double seconds(CommandLine flags, String name) throws ParseException {
        String text = flags.getOptionValue(name, "0s");
        if (!text.matches("\\d{1,6}[smh]") || (flags.hasOption(name) && text.matches("0+."))) {
            throw new ParseException("--" + name + " must be a time such as 90s, 20m or 2h, got " + text);
        }
        int unit = text.endsWith("s") ? 1 : text.endsWith("m") ? 60 : 3600;
        return (double) unit * Integer.parseInt(text.substring(0, text.length() - 1));
    }

    /** One of some words, or the first of them where the flag is not given. */
    public static String word(CommandLine flags, String name, List<String> words) throws ParseException {
        String word = flags.getOptionValue(name, words.get(0));
        if (!words.contains(word)) {
            throw new ParseException(
                    "--" + name + " must be one of " + String.join(", ", words) + ", got \"" + word + "\"");
        }
        return word;
    }

    /** The words that are no flags, at most so many. */
    public static List<String> arguments(CommandLine flags, int most) throws ParseException {
        List<String> words = flags.getArgList();
        if (words.size() > most) {
            throw new ParseException("there is a word too many: " + words.get(most));
        }
        return words;
    }

    /** The one word that is no flag. */
    public static String argument(CommandLine flags, String what) throws ParseException {
        return arguments(flags, 1).stream()
                .findFirst()
                .orElseThrow(() -> new ParseException("there must be a " + what + ", got none"));
    }

    /** The line that was typed, but for flags that only say how it is shown. */
    public static String line(Command command, CommandLine flags) {
        return line(command, flags.getArgList(), flags);
    }

    /** The command line with other words that are no flags, in place also of {@code --all}. */
    public static String line(Command command, List<String> words, CommandLine flags) {
        Set<String> shown = Set.of("json", "plain", "quiet", "all");
        Stream<String> options = Stream.of(flags.getOptions())
                .filter(option -> !shown.contains(option.getLongOpt()))
                .flatMap(option ->
                        Stream.concat(Stream.of("--" + option.getLongOpt()), option.getValuesList().stream()));
        return Stream.concat(words.stream(), options)
                .map(Flags::quoted)
                .collect(Collectors.joining(" ", "fewshot4j " + command.name() + " ", ""))
                .strip();
    }

    /** A word for a shell. */
    public static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
