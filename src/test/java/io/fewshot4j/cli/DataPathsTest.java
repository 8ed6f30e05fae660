package io.fewshot4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.cli.console.Flags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataPathsTest {
    @TempDir
    private Path folder;

    private static DataPaths of(Object... words) throws ParseException {
        return DataPaths.of(Flags.parse(
                new ReproduceCommand(),
                Stream.concat(Stream.of("--data"), List.of(words).stream().map(Object::toString))
                        .toList()));
    }

    @Test
    void a_data_set_is_where_its_name_says() throws ParseException {
        DataPaths paths = of("omniglot=a", "images=b=c");

        assertThat(paths.of("omniglot", false)).contains(Path.of("a"));
        assertThat(paths.of("images", false)).contains(Path.of("b=c"));
        assertThat(paths.of("glyphs", true)).isEmpty();
    }

    @Test
    void one_folder_may_hold_all_data_sets_or_be_the_only_one() throws Exception {
        Path omniglot = Files.createDirectories(folder.resolve("omniglot"));
        DataPaths paths = of(folder);

        assertThat(paths.of("omniglot", false)).contains(omniglot);
        assertThat(paths.of("images", true)).contains(folder);
        assertThat(paths.of("images", false)).isEmpty();
    }

    @Test
    void a_folder_may_have_an_equals_sign_in_its_name() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("omniglot=1"));

        assertThat(of(odd).of("omniglot", true)).contains(odd);
    }
}
