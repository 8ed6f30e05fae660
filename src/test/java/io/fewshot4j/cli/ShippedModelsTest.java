package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.cli.CommandLines.Outcome;
import io.fewshot4j.cli.run.ShippedModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The models of this repository, on the sample images beside them. */
final class ShippedModelsTest {
    private static final Path SAMPLES = Path.of("data", "samples");

    /** Processors differ in the last digits of single precision. */
    private static final double PROCESSOR = 1e-4;

    @TempDir
    private Path folder;

    static List<String> names() {
        return ShippedModels.installed().names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_model_answers_as_it_did_when_it_was_added(String name) throws IOException {
        Path csv = folder.resolve("answers.csv");

        Outcome outcome = run(
                "classify",
                "--run",
                "models:" + name,
                "--support",
                SAMPLES.resolve("support"),
                "--queries",
                SAMPLES.resolve("queries"),
                "--csv",
                csv);

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        List<String> found = Files.readAllLines(csv);
        List<String> expected = recorded(name);
        assertThat(found).hasSameSizeAs(expected);
        assertThat(found.get(0)).isEqualTo(expected.get(0));
        for (int row = 1; row < found.size(); row++) {
            compare(found.get(row).split(","), expected.get(row).split(","));
        }
    }

    private static List<String> recorded(String name) throws IOException {
        try (InputStream in = ShippedModelsTest.class.getResourceAsStream("models/" + name + ".csv")) {
            assertThat(in).as("recorded answers of %s", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static void compare(String[] found, String[] expected) {
        assertThat(List.of(found).subList(0, 2)).isEqualTo(List.of(expected).subList(0, 2));
        for (int cell = 2; cell < expected.length; cell++) {
            assertThat(Double.parseDouble(found[cell]))
                    .isCloseTo(Double.parseDouble(expected[cell]), within(PROCESSOR));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_model_is_listed_with_its_figures_and_has_a_card(String name) throws IOException {
        JsonNode listed = run("models", "--json").json();

        assertThat(listed.findValuesAsText("name")).contains(name);
        String accuracy = "%.2f ± ".formatted(100 * figure(listed, name));
        assertThat(run("models").out().lines().filter(line -> line.startsWith("models:" + name + " ")))
                .singleElement()
                .asString()
                .contains(accuracy)
                .endsWith(" MiB");
        assertThat(ShippedModels.installed().path(name).resolve("README.md"))
                .content()
                .contains("# " + name, accuracy, "## Licence");
    }

    private static double figure(JsonNode listed, String name) {
        for (JsonNode model : listed) {
            if (model.path("name").asText().equals(name)) {
                return model.at("/results/0/test/figures/0/mean").asDouble();
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void there_is_one_at_least() {
        assertThat(names()).contains("maml-omniglot-5way-1shot");
    }

    @Test
    void a_name_that_there_is_not_is_refused_with_those_that_there_are() {
        Outcome outcome = run("evaluate", "--run", "models:maml", "--data", SAMPLES);

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("fewshot4j: --run models:NAME must name a shipped model, got \"maml\"")
                .endsWith("; they are " + String.join(", ", names()) + "\n");
    }
}
