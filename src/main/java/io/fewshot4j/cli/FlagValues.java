package io.fewshot4j.cli;

import java.util.List;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;

/** Flags with values: how they are declared, and their values as numbers. */
final class FlagValues {
    private FlagValues() {}

    /** A flag that must be given. */
    static Option required(String name, String value, String description) {
        return flag(name, value, description).required().get();
    }

    /** A flag that may be given. */
    static Option optional(String name, String value, String description) {
        return flag(name, value, description).get();
    }

    /** A flag that may be given several times. */
    static Option repeated(String name, String value, String description) {
        return optional(name, value, description + "; may be repeated");
    }

    private static Option.Builder flag(String name, String value, String description) {
        return Option.builder().longOpt(name).hasArg().argName(value).desc(description);
    }

    /** A whole number above 0, or {@code otherwise} where the flag is not given. */
    static int count(CommandLine flags, String name, int otherwise) throws ParseException {
        return number(flags, name, "a whole number above 0", otherwise, Integer::valueOf);
    }

    /** A number above 0, or {@code otherwise} where the flag is not given. */
    static double positive(CommandLine flags, String name, double otherwise) throws ParseException {
        return number(flags, name, "a number above 0", otherwise, Double::valueOf);
    }

    private static <T extends Number> T number(
            CommandLine flags, String name, String rule, T otherwise, Function<String, T> parse) throws ParseException {
        String text = flags.getOptionValue(name, otherwise.toString());
        try {
            T value = parse.apply(text);
            if (value.doubleValue() > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new ParseException("--" + name + " must be " + rule + ", got \"" + text + "\"");
        }
        throw new ParseException("--" + name + " must be " + rule + ", got " + text);
    }

    /** The one argument that is no flag. */
    static String argument(CommandLine flags, String what) throws ParseException {
        List<String> arguments = flags.getArgList();
        if (arguments.size() != 1) {
            throw new ParseException("there must be one " + what + ", got "
                    + (arguments.isEmpty() ? "none" : String.join(" ", arguments)));
        }
        return arguments.get(0);
    }
}
