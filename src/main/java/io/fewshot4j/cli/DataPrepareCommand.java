package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DecodingLine;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.data.prepare.Preparation;
import io.fewshot4j.data.prepare.Preparation.Prepared;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.report.Csv;
import io.fewshot4j.report.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Makes Mini-ImageNet from ILSVRC 2012. */
final class DataPrepareCommand implements Command {
    @Override
    public String name() {
        return "data prepare";
    }

    @Override
    public String summary() {
        return "make Mini-ImageNet from the training images of ILSVRC 2012; run it again to go on after a break";
    }

    @Override
    public String usage() {
        return "mini-imagenet --from PATH --to DIR [--lists DIR]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value(
                        "from",
                        "PATH",
                        "ILSVRC2012_img_train.tar, or a folder with n01532829.tar or n01532829/ of each class"))
                .addOption(Flags.value("to", "DIR", "the folder that the data set comes to, 1.3 GB"))
                .addOption(Flags.value(
                        "lists",
                        "DIR",
                        "Ravi and Larochelle's train.csv, val.csv and test.csv, which name the images; default: the first"
                                + " 600 of each class"));
    }

    @Override
    public boolean computes() {
        return false;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j data prepare mini-imagenet --from ILSVRC2012_img_train.tar --lists ravi --to data/mini-imagenet");
    }

    @Override
    public String details() {
        return """
                The split's 100 classes are shipped. Which 600 of a class's 1300 images belong to Mini-ImageNet is said by
                the lists that Ravi and Larochelle published: n0153282900000005.jpg there is the 5th image of n01532829 in
                the order of the numbers in ILSVRC's file names. Without --lists it is the first 600 in that order, which
                are others than the papers'. Images are resized to 84x84 as Pillow's LANCZOS does. DIR/report.csv has
                count and SHA-256 of each class and names the images that could not be read; they are left out, the exit
                code is 1, and the next run tries their classes again.
                """;
    }

    /** Document of {@code --json}. */
    record Result(Path folder, List<Prepared> classes) {
        long images() {
            return classes.stream().mapToLong(Prepared::images).sum();
        }

        List<String> unreadable() {
            return classes.stream().flatMap(one -> one.unreadable().stream()).toList();
        }

        String text() {
            String splits = classes.stream()
                    .collect(Collectors.groupingBy(Prepared::split, TreeMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .map(entry -> Kebab.of(entry.getKey()) + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
            return Numbers.count(images()) + " images of " + classes.size() + " classes (" + splits + ") in " + folder
                    + "; counts and checksums: " + folder.resolve("report.csv")
                    + "\nnext: fewshot4j data info " + Flags.quoted(folder.toString());
        }

        String csv() {
            Csv csv = new Csv("class", "split", "images", "sha256", "unreadable");
            for (Prepared one : classes) {
                csv.row(
                        one.className(),
                        Kebab.of(one.split()),
                        one.images(),
                        one.digest(),
                        String.join("; ", one.unreadable()));
            }
            return csv.toString();
        }
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        String name = Flags.argument(flags, "data set");
        if (!name.equals("mini-imagenet")) {
            throw new ParseException("the data set must be mini-imagenet, got \"" + name + "\"");
        }
        Path source = Path.of(Flags.required(flags, "from"));
        Path folder = Path.of(Flags.required(flags, "to"));
        Result result = new Result(folder, prepare(source, Flags.path(flags, "lists"), folder, console));
        write(folder.resolve("report.csv"), result.csv());
        result.unreadable().forEach(line -> console.message("left out: " + line));
        console.result(result, result.text());
        return result.unreadable().isEmpty() ? 0 : 1;
    }

    private static List<Prepared> prepare(Path source, Optional<Path> lists, Path folder, Console console) {
        try (DecodingLine progress = new DecodingLine(console)) {
            return Preparation.run(source, lists, folder, progress);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot write " + file + " (" + e + "): free space and run the command again", e);
        }
    }
}
