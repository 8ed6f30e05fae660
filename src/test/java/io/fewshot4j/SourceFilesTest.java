package io.fewshot4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of files and packages, and that the documents and the build speak of what is there. */
final class SourceFilesTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final int MOST_FILES = 40;
    private static final Pattern BAD_BEGINNING =
            Pattern.compile("(What|Of|The same|Which|How|Where|Those|That|With|From|In|By|For|As)\\b");

    @ParameterizedTest
    @CsvSource({"src/main, 300", "src/cuda, 300", "src/test, 400"})
    void no_java_file_is_longer_than_its_limit(Path folder, int most) {
        assertThat(javaFiles(folder))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(text(file).lines().count())
                        .as("lines of %s: split it", file)
                        .isLessThanOrEqualTo(most));
    }

    @Test
    void half_of_the_files_have_at_most_80_lines() {
        int[] lines = javaFiles(MAIN).stream()
                .mapToInt(file -> (int) text(file).lines().count())
                .sorted()
                .toArray();

        assertThat(lines[lines.length / 2]).as("median of the lines of a file").isLessThanOrEqualTo(80);
    }

    @Test
    void nine_tenths_of_the_methods_have_at_most_15_lines() {
        List<ParsedSources.Method> methods = ParsedSources.of(javaFiles(MAIN)).methods().stream()
                .sorted(Comparator.comparingInt(ParsedSources.Method::lines))
                .toList();

        assertThat(methods.get(methods.size() * 9 / 10).lines())
                .as(
                        "90th percentile of the lines of a method; the longest: %s",
                        methods.subList(methods.size() - 10, methods.size()))
                .isLessThanOrEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main", "src/cuda", "src/examples", "src/test"})
    void a_javadoc_begins_with_a_noun_or_a_verb(Path folder) {
        List<ParsedSources.Summary> summaries =
                ParsedSources.of(javaFiles(folder)).summaries();

        assertThat(summaries).isNotEmpty();
        assertThat(summaries.stream()
                        .filter(summary -> BAD_BEGINNING.matcher(summary.text()).lookingAt()))
                .as("say what it is or does: \"Number of steps.\", \"Returns the loss.\"")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main", "src/cuda", "src/examples", "src/test"})
    void no_comment_is_wider_than_120_characters(Path folder) {
        assertThat(javaFiles(folder).stream()
                        .flatMap(file -> matches("(?m)^( *(?:/\\*|\\*|//).{80,})$", text(file))
                                .filter(line -> line.length() > 120)
                                .map(line -> file + ": " + line)))
                .isEmpty();
    }

    @Test
    void no_package_has_more_than_40_files() {
        Map<String, Long> packages = packages();

        assertThat(packages)
                .isNotEmpty()
                .allSatisfy((name, files) -> assertThat(files)
                        .as("files of package %s: divide it into rooms with one job each", name)
                        .isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void the_table_of_packages_has_all_of_them_in_the_order_that_holds() {
        String table = text(Path.of("docs/architecture.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .collect(Collectors.joining("\n"));
        List<String> named =
                matches("`([a-z]+(?:\\.[a-z]+)?)`", table).distinct().toList();

        assertThat(named).containsAll(packages().keySet());
        assertThat(named.stream().filter(ArchitectureTest.PACKAGES::contains))
                .containsExactlyElementsOf(ArchitectureTest.PACKAGES);
    }

    /** A tag that marks no test would leave nothing out, and its tests would be thought to run elsewhere. */
    @Test
    void the_build_leaves_out_the_tags_that_there_are() {
        Stream<String> left = matches("<excludedTags>(.*)</excludedTags>", text(Path.of("pom.xml")))
                .flatMap(tags -> Stream.of(tags.split(",")));
        Stream<String> marks = javaFiles(Path.of("src/test")).stream()
                .flatMap(file -> matches("(?m)^ *@Tag\\(\"(.*)\"\\)", text(file)))
                .distinct();

        assertThat(left).containsExactlyInAnyOrderElementsOf(marks.toList());
    }

    /** The number of files of each package below the root's. */
    private static Map<String, Long> packages() {
        Path root = MAIN.resolve(ArchitectureTest.ROOT.replace('.', '/'));
        return javaFiles(MAIN).stream()
                .map(file -> root.relativize(file.resolveSibling("")))
                .map(room -> room.toString().replace('\\', '/').replace('/', '.'))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static Stream<String> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1));
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
