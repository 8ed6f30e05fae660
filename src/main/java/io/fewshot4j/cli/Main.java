package io.fewshot4j.cli;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.catalog.Engine;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.report.Words;
import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.ParseException;

/** The start of the program: finds the command, gives it its flags, and turns what comes of it into an exit code. */
public final class Main {
    private static final int WRONG_USE = 2;
    private static final List<String> HELP = List.of("--help", "-h", "help");

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * Runs one command line on this machine.
     *
     * @param out where results go
     * @param err where progress and messages go
     * @return 0 done, 1 failed, 2 wrong command or flags
     */
    static int run(List<String> words, PrintStream out, PrintStream err) {
        return run(words, out, err, Engine.LOCAL);
    }

    /**
     * Runs one command line.
     *
     * @param out where results go
     * @param err where progress and messages go
     * @param engine machines that compute
     * @return 0 done, 1 failed, 2 wrong command or flags
     */
    public static int run(List<String> words, PrintStream out, PrintStream err, Engine engine) {
        int exit = runUnchecked(words, out, err, engine);
        if (out.checkError()) {
            err.println("fewshot4j: the result must be written whole, but the standard output took only a part of it;"
                    + " free space if its disk is full, or write to another place");
            return Math.max(exit, 1);
        }
        return exit;
    }

    private static int runUnchecked(List<String> words, PrintStream out, PrintStream err, Engine engine) {
        try {
            if (words.isEmpty() || (words.size() == 1 && HELP.contains(words.get(0)))) {
                out.print(Help.overview(Commands.ALL));
                return 0;
            }
            if (words.get(0).equals("--version")) {
                out.println("fewshot4j " + Environment.VERSION);
                return 0;
            }
            return words.get(0).equals("help")
                    ? help(words.subList(1, words.size()), out)
                    : dispatch(words, out, err, engine);
        } catch (ParseException e) {
            err.println("fewshot4j: " + Words.printable(String.valueOf(e.getMessage())) + "; see fewshot4j --help");
            return WRONG_USE;
        }
    }

    private static int help(List<String> words, PrintStream out) throws ParseException {
        out.print(Help.of(Commands.find(words)));
        return 0;
    }

    private static int dispatch(List<String> words, PrintStream out, PrintStream err, Engine engine)
            throws ParseException {
        Command command = Commands.find(words);
        List<String> rest = words.subList(command.name().split(" ").length, words.size());
        if (rest.contains("--help") || rest.contains("-h")) {
            return help(words, out);
        }
        try {
            CommandLine flags = Flags.parse(command, rest);
            Console console = Flags.console(command, flags, out, err).on(engine);
            if (command.computes()) {
                Backends.use(console.device().device());
            }
            return command.run(flags, console);
        } catch (ParseException e) {
            err.println("fewshot4j: " + Words.printable(String.valueOf(e.getMessage())) + "; see fewshot4j "
                    + command.name() + " --help");
            return WRONG_USE;
        } catch (Throwable e) {
            return Faults.tell(e, err, Faults.traces());
        }
    }
}
