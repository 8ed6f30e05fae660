package io.fewshot4j.cli.console;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** One word of the command line, or two ("data fetch"). */
public interface Command {
    /** Name as it is typed. */
    String name();

    /** One line for the list of commands. */
    String summary();

    /** Text after the name in the usage line, such as {@code --run RUN --data PATH}. */
    String usage();

    /** Its flags; those of {@link Flags} are added to each. */
    Options options();

    /** Whether it computes on a device that {@code --device} names. */
    default boolean computes() {
        return true;
    }

    /** Whole command lines that work, for {@code --help}. */
    List<String> examples();

    /** More for {@code --help}: paragraphs that end with a line end, or nothing. */
    default String details() {
        return "";
    }

    /**
     * Does it. Faults of the user are thrown as {@link io.fewshot4j.FewShotException}, wrong flags as {@link
     * org.apache.commons.cli.ParseException}.
     *
     * @return the exit code: 0 done, 1 failed (a check that does not hold, say); 2 is the caller's, for wrong flags
     */
    int run(CommandLine flags, Console console) throws org.apache.commons.cli.ParseException;
}
