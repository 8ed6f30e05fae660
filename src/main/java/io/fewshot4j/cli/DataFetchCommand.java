package io.fewshot4j.cli;

import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.data.download.Fetch;
import io.fewshot4j.data.download.FetchLimits;
import io.fewshot4j.data.download.FetchProgress;
import io.fewshot4j.data.download.FetchSource;
import io.fewshot4j.options.Nearest;
import io.fewshot4j.report.console.ProgressLine;
import io.fewshot4j.report.console.ProgressOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Downloads a data set's archives. */
final class DataFetchCommand implements Command {
    private final List<FetchSource> sources;
    private final FetchLimits limits;

    DataFetchCommand() {
        this(List.of(FetchSource.omniglot()), FetchLimits.usual());
    }

    DataFetchCommand(List<FetchSource> sources, FetchLimits limits) {
        this.sources = sources;
        this.limits = limits;
    }

    @Override
    public String name() {
        return "data fetch";
    }

    @Override
    public String summary() {
        return "download a data set's archives and check them; run it again to go on after a break";
    }

    @Override
    public String usage() {
        return "omniglot --to DIR [--from URL]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("to", "DIR", "the folder they come to; it is made where there is none"))
                .addOption(Flags.value("from", "URL", "another address that holds the same files, such as a mirror"));
    }

    @Override
    public boolean computes() {
        return false;
    }

    @Override
    public List<String> examples() {
        return List.of("fewshot4j data fetch omniglot --to data/omniglot");
    }

    /** Files that are there now. */
    record Result(String dataset, Path folder, List<Fetch.Fetched> files) {
        String text() {
            return files.stream()
                            .map(file -> file.file() + (file.downloaded() ? ": downloaded" : ": was there already")
                                    + ", checksum right\n")
                            .collect(Collectors.joining())
                    + "next: fewshot4j train --preset maml/omniglot-5way-1shot --data " + folder + " --out RUN";
        }
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        FetchSource official = source(Flags.argument(flags, "data set"));
        FetchSource source = Flags.optional(flags, "from").map(official::from).orElse(official);
        Path folder = Path.of(Flags.required(flags, "to"));
        Result result = new Result(source.name(), folder, fetch(source, folder, console));
        console.result(result, result.text());
        return 0;
    }

    private List<Fetch.Fetched> fetch(FetchSource source, Path folder, Console console) {
        try (Told told = new Told(console.progress())) {
            return new Fetch(limits, told).fetch(source, folder);
        }
    }

    private FetchSource source(String name) throws ParseException {
        List<String> names = sources.stream().map(FetchSource::name).toList();
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParseException("the data set must be one of " + String.join(", ", names)
                        + ", got \"" + name + "\"" + Nearest.hint(name, names)));
    }

    /** A line of progress for each file in turn. */
    private static final class Told implements FetchProgress, AutoCloseable {
        private final ProgressOutput output;
        private Optional<ProgressLine> line = Optional.empty();
        private String file = "";
        private long before;

        Told(ProgressOutput output) {
            this.output = output;
        }

        @Override
        public void on(String name, long done, long total) {
            if (!name.equals(file)) {
                close();
                file = name;
                before = 0;
                OptionalLong length = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
                line = Optional.of(ProgressLine.bytes(output, "downloading " + name, length));
            }
            line.ifPresent(l -> l.advance(done - before));
            before = done;
        }

        @Override
        public void close() {
            line.ifPresent(ProgressLine::close);
            line = Optional.empty();
        }
    }
}
