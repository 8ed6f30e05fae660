package io.fewshot4j.cli.run;

import io.fewshot4j.FewShotException;
import io.fewshot4j.options.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Trained models that come with the program, one run folder each. */
public record ShippedModels(Path folder) {
    private static final String PREFIX = "models:";

    /** The ones of this installation, below the folder that the launcher names, or below the working directory. */
    public static ShippedModels installed() {
        return new ShippedModels(Path.of(System.getProperty("fewshot4j.home", ""), "data", "models"));
    }

    /**
     * The run folder that a flag names: {@code models:NAME}, or a path.
     *
     * @throws FewShotException if there is no such model
     */
    public static Path run(String word) {
        return word.startsWith(PREFIX) ? installed().path(word.substring(PREFIX.length())) : Path.of(word);
    }

    /** Whether a flag names a model that came with the program. */
    public static boolean isShipped(String word) {
        return word.startsWith(PREFIX);
    }

    /** Names in alphabetical order. */
    public List<String> names() {
        try (Stream<Path> entries = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new FewShotException("cannot list the models in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The run folder of a model. */
    public Path path(String name) {
        List<String> names = names();
        if (!names.contains(name)) {
            String found = names.isEmpty() ? "there are none in " + folder : "they are " + String.join(", ", names);
            throw new FewShotException("--run models:NAME must name a shipped model, got \"" + name + "\""
                    + Nearest.hint(name, names) + "; " + found);
        }
        return folder.resolve(name);
    }

    /** Size of all files of a model. */
    public long bytes(String name) {
        try (Stream<Path> files = Files.walk(path(name))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new FewShotException("cannot read the model in " + folder.resolve(name) + ": " + e.getMessage(), e);
        }
    }
}
