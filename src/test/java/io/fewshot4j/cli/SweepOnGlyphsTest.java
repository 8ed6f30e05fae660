package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches on drawn characters, large enough to tell settings apart: minutes. The figures go into
 * {@code target/sweep-on-glyphs.txt}.
 */
@Tag("slow")
final class SweepOnGlyphsTest {
    private static final Path FIGURES = Path.of("target", "sweep-on-glyphs.txt");

    @TempDir
    private Path folder;

    private static List<String> settings(int seed, int iterations) {
        return List.of(
                "--set",
                "seed=" + seed,
                "iterations=" + iterations,
                "validate-every=" + iterations / 9,
                "checkpoint-every=" + iterations,
                "validation-episodes=100",
                "train-classes=100",
                "images-per-class=10",
                "image-size=16",
                "meta-batch=4",
                "query=3",
                "test-inner-steps=1");
    }

    private static JsonNode json(Object... line) throws IOException {
        Outcome outcome = run(line);
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return outcome.json();
    }

    private static double testAccuracy(Path run) throws IOException {
        return json("evaluate", "--run", run, "--episodes", 400, "--statistics", "batch", "--json")
                .at("/evaluation/modes/0/accuracyByStep")
                .findValues("mean")
                .get(1)
                .asDouble();
    }

    @Test
    void random_search_finds_a_better_setting_than_the_presets_in_nine_of_ten_seeds() throws IOException {
        Path file = Files.writeString(folder.resolve("search.yaml"), """
                preset: demo
                search: random
                trials: 27
                first-iterations: 30
                inner-learning-rate: 0.02 to 4, log
                meta-learning-rate: 0.0003 to 0.03, log
                """);
        List<String> figures = new ArrayList<>();
        int better = 0;
        for (int seed = 1; seed <= 10; seed++) {
            Path preset = folder.resolve("preset-" + seed);
            json("train", "--preset", "demo", "--out", preset, "--json", settings(seed, 270), "filters=8");
            JsonNode found = json(
                    "sweep",
                    file,
                    "--out",
                    folder.resolve("sweep-" + seed),
                    "--json",
                    settings(seed, 270),
                    "filters=8",
                    "search-seed=" + seed);
            double before = testAccuracy(preset);
            double after = testAccuracy(Path.of(found.path("bestRun").asText()));
            better += after > before ? 1 : 0;
            figures.add("seed " + seed + ": preset " + before + ", found " + after + " with "
                    + found.at("/trials/0/settings"));
        }
        Files.write(FIGURES, figures);
        assertThat(better).as(String.join("\n", figures)).isGreaterThanOrEqualTo(9);
    }

    @Test
    void halving_finds_the_grids_best_in_a_third_of_its_iterations() throws IOException {
        Path file = Files.writeString(folder.resolve("grid.yaml"), """
                preset: demo
                filters: 2 | 4 | 8
                meta-learning-rate: 0.0001 | 0.001 | 0.01
                """);
        List<String> settings = settings(1, 2700);
        JsonNode halved =
                json("sweep", file, "--out", folder.resolve("halved"), "--json", settings, "first-iterations=300");
        JsonNode grid = json("sweep", file, "--out", folder.resolve("grid"), "--json", settings);

        String figures = "grid " + seconds(grid) + " s, halving " + seconds(halved) + " s; best " + grid.at("/trials/0")
                + " and " + halved.at("/trials/0");
        Files.writeString(FIGURES.resolveSibling("halving-on-glyphs.txt"), figures + "\n");
        assertThat(halved.at("/trials/0/settings")).as(figures).isEqualTo(grid.at("/trials/0/settings"));
        assertThat(iterations(halved)).as(figures).isEqualTo(6300).isLessThan(iterations(grid) / 3);
    }

    private static long iterations(JsonNode sweep) {
        return sweep.findValues("rungs").stream()
                .mapToLong(
                        rungs -> rungs.get(rungs.size() - 1).path("iteration").asLong())
                .sum();
    }

    private static double seconds(JsonNode sweep) {
        return StreamSupport.stream(sweep.path("trials").spliterator(), false)
                .mapToDouble(trial -> trial.path("seconds").asDouble())
                .sum();
    }
}
