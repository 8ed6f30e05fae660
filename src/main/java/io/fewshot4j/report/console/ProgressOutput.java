package io.fewshot4j.report.console;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Stream and style of progress.
 *
 * @param unicode whether the stream can show more than ASCII
 * @param verbose whether to tell of every save, too
 */
public record ProgressOutput(PrintStream stream, Style style, boolean unicode, boolean verbose, InstantSource clock) {
    /** Styles of progress. */
    public enum Style {
        /** A bar that is redrawn in place. */
        BAR,
        /** A line now and then, for files and logs. */
        LINES,
        /** Nothing. */
        SILENT;

        /** A bar where there is a terminal that can redraw a line. */
        static Style detect(boolean terminal, Map<String, String> environment) {
            return terminal && !"dumb".equals(environment.get("TERM")) ? BAR : LINES;
        }
    }

    /** Standard error in the style that suits it, or the one asked for. */
    public static ProgressOutput standardError(boolean plain, boolean quiet, boolean verbose) {
        Style style = quiet ? Style.SILENT : Style.detect(!plain && hasTerminal(), System.getenv());
        String encoding = System.getProperty("stderr.encoding", System.getProperty("sun.jnu.encoding", "US-ASCII"));
        boolean unicode = Charset.forName(encoding).newEncoder().canEncode('█');
        return new ProgressOutput(System.err, style, unicode, verbose, InstantSource.system());
    }

    private static boolean hasTerminal() {
        return Optional.ofNullable(System.console())
                .filter(ProgressOutput::isTerminal)
                .isPresent();
    }

    /** Before JDK 22 there is a console only where there is a terminal; since then the console has to be asked. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Prints a line unless silent. */
    void line(String text) {
        if (style != Style.SILENT) {
            stream.println(legible(text));
        }
    }

    /** The text in characters that the stream can show. */
    String legible(String text) {
        return unicode ? text : text.replace("±", "+/-").replace(" · ", ", ");
    }
}
