package io.fewshot4j.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;

/** Where decoded images are kept: {@code --cache}, or this user's folder for such things. */
final class CacheFolder {
    private CacheFolder() {}

    static Path of(CommandLine flags) {
        return Optional.ofNullable(flags.getOptionValue("cache")).map(Path::of).orElseGet(() -> usual(System.getenv()));
    }

    /** {@code $XDG_CACHE_HOME/fewshot4j}, {@code %LOCALAPPDATA%\fewshot4j} or {@code ~/.cache/fewshot4j}. */
    static Path usual(Map<String, String> environment) {
        return Stream.of("XDG_CACHE_HOME", "LOCALAPPDATA")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(folder -> !folder.isEmpty())
                .findFirst()
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("fewshot4j");
    }
}
