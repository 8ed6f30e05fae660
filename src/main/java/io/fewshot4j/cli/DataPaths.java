package io.fewshot4j.cli;

import io.fewshot4j.catalog.Catalog;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.options.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;

/**
 * Places of several data sets.
 *
 * @param named the places that were given by the data set's name
 * @param common one that was given without a name: it holds a folder for each data set, or is the only data set
 */
record DataPaths(Map<String, Path> named, Optional<Path> common) {
    /** {@code --data} of a command for several data sets. */
    static final Option DATA = Flags.values(
            "data",
            "[NAME=]PATH",
            "where each data set is: omniglot=PATH mini-imagenet=PATH; or one folder with a folder of each name; or the"
                    + " data itself where all presets need the same");

    DataPaths {
        named = Map.copyOf(named);
    }

    static DataPaths of(CommandLine flags) throws ParseException {
        Map<String, Path> named = new HashMap<>();
        Optional<Path> common = Optional.empty();
        for (String text : flags.hasOption("data") ? List.of(flags.getOptionValues("data")) : List.<String>of()) {
            int equals = Files.exists(Path.of(text)) ? -1 : text.indexOf('=');
            if (equals < 0 && common.isPresent()) {
                throw new ParseException("--data must name each place but one, as NAME=PATH, got " + common.get()
                        + " and " + text + " without a name");
            }
            if (equals < 0) {
                common = Optional.of(Path.of(text));
            } else {
                named.put(dataset(text.substring(0, equals)), Path.of(text.substring(equals + 1)));
            }
        }
        return new DataPaths(named, common);
    }

    private static String dataset(String name) throws ParseException {
        if (!Catalog.datasets().contains(name)) {
            throw new ParseException("--data must name a data set before the =, got \"" + name + "\""
                    + Nearest.hint(name, Catalog.datasets()));
        }
        return name;
    }

    /**
     * A data set's place, if it was given.
     *
     * @param only whether no other data set is read from files
     */
    Optional<Path> of(String dataset, boolean only) {
        return Optional.ofNullable(named.get(dataset))
                .or(() -> common.map(folder -> folder.resolve(dataset)).filter(Files::isDirectory))
                .or(() -> only ? common : Optional.empty());
    }
}
