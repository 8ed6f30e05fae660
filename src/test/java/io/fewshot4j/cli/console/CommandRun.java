package io.fewshot4j.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fewshot4j.backend.Backends;
import io.fewshot4j.backend.Device;
import io.fewshot4j.report.console.ProgressOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.ParseException;

/** Answer of one command: its exit code and what it wrote to each stream. */
public record CommandRun(int code, String out, String err) {
    private static final Backends.Choice CPU = new Backends.Choice(Device.CPU, "");

    public static CommandRun of(Command command, Object... words) throws ParseException {
        List<String> line = List.of(words).stream().map(Object::toString).toList();
        CommandLine flags = Flags.parse(command, line);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream results = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            ProgressOutput progress =
                    new ProgressOutput(messages, ProgressOutput.Style.LINES, true, false, InstantSource.system());
            int code = command.run(flags, new Console(results, messages, progress, flags.hasOption("json"), CPU));
            return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    public JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
