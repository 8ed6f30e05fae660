package io.fewshot4j.cli;

import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.DecodingLine;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.data.info.DataInfo;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.report.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Description of the data at a path: all of it is decoded, so that a damaged image is found before training. */
final class DataInfoCommand implements Command {
    @Override
    public String name() {
        return "data info";
    }

    @Override
    public String summary() {
        return "recognise and decode the data at a path: classes, images, damage";
    }

    @Override
    public String usage() {
        return "PATH [--cache DIR]";
    }

    @Override
    public Options options() {
        return new Options().addOption(DataFlags.CACHE);
    }

    @Override
    public boolean computes() {
        return false;
    }

    @Override
    public List<String> examples() {
        return List.of("fewshot4j data info data/omniglot", "fewshot4j data info my-images.zip --json");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Path path = Path.of(Flags.argument(flags, "path"));
        DataInfo info = decode(path, flags, console);
        console.result(info, text(info));
        return 0;
    }

    private static DataInfo decode(Path path, CommandLine flags, Console console) {
        try (DecodingLine progress = new DecodingLine(console)) {
            return DataInfo.of(path, DataFlags.cache(flags), progress);
        }
    }

    private static String text(DataInfo info) {
        TextTable table = new TextTable(1).row("split", "classes", "images", "fewest", "most", "fingerprint");
        for (DataInfo.Part part : info.parts()) {
            table.row(
                    Kebab.of(part.split()),
                    Numbers.count(part.counts().classes()),
                    Numbers.count(part.counts().images()),
                    Numbers.count(part.counts().fewest()),
                    Numbers.count(part.counts().most()),
                    part.fingerprint().substring(0, 16));
        }
        String shape = info.shape().height() + "x" + info.shape().width() + "x"
                + info.shape().channels();
        return Kebab.of(info.kind()) + ", decoded to " + shape + "\n" + table
                + info.warnings().stream()
                        .map(warning -> "\nwarning: " + warning)
                        .collect(Collectors.joining());
    }
}
