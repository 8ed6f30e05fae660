package io.fewshot4j.spark;

import static io.fewshot4j.spark.Clusters.run;
import static io.fewshot4j.spark.Clusters.small;
import static io.fewshot4j.spark.Clusters.train;
import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.catalog.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests, tables and searches on two executors have the figures of those made here, and what is wrong with a node is
 * told in one line.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SparkCommandsTest {
    @TempDir
    private static Path folder;

    private static SparkEngine cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = Clusters.of(2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void episodes_are_scored_as_here() throws IOException {
        Path run = folder.resolve("run");
        train(Engine.LOCAL, run, small("protonet", 6));

        Object[] line = {"evaluate", "--run", run, "--episodes", 41, "--out"};
        Clusters.Outcome here = run(Engine.LOCAL, List.of(line), folder.resolve("here"));
        Clusters.Outcome there = run(cluster, List.of(line), folder.resolve("there"));

        assertThat(there.exit()).as(there.err()).isZero();
        assertThat(there.out())
                .isEqualTo(here.out()
                        .replace(
                                folder.resolve("here").toString(),
                                folder.resolve("there").toString()));
        assertThat(folder.resolve("there/episodes.csv")).hasSameBinaryContentAs(folder.resolve("here/episodes.csv"));
    }

    @Test
    void presets_are_reproduced_as_here() throws IOException {
        List<String> settings = Stream.concat(small("maml", 6).stream(), Stream.of("test-episodes=9"))
                .toList();
        Path here = folder.resolve("table-here");
        Path there = folder.resolve("table-there");

        run(Engine.LOCAL, "reproduce", "demo", settings, "--out", here);
        Clusters.Outcome outcome = run(cluster, "reproduce", "demo", settings, "--out", there);

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(there.resolve("demo/history.csv")).hasSameBinaryContentAs(here.resolve("demo/history.csv"));
        assertThat(there.resolve("demo/report/episodes.csv"))
                .hasSameBinaryContentAs(here.resolve("demo/report/episodes.csv"));
    }

    @Test
    void functions_are_fitted_as_here() {
        List<String> settings = List.of("--set", "iterations=5", "meta-batch=5", "tasks-per-graph=1");
        for (Engine engine : List.of(Engine.LOCAL, cluster)) {
            Clusters.Outcome outcome = run(
                    engine,
                    "train",
                    "--preset",
                    "sinusoid/maml-10shot",
                    "--out",
                    folder.resolve(engine == cluster ? "curve-there" : "curve-here"),
                    settings);
            assertThat(outcome.exit()).as(outcome.err()).isZero();
        }
        assertThat(folder.resolve("curve-there/history.csv"))
                .hasSameBinaryContentAs(folder.resolve("curve-here/history.csv"));
    }

    @Test
    void a_search_comes_to_the_same_trials() throws IOException {
        Path file = Files.writeString(folder.resolve("search.yaml"), "preset: demo\ninner-learning-rate: 0.1 | 0.4\n");
        Path here = folder.resolve("search-here");
        Path there = folder.resolve("search-there");

        run(Engine.LOCAL, "sweep", file, small("maml", 4), "--out", here);
        Clusters.Outcome outcome = run(cluster, "sweep", file, small("maml", 4), "--out", there);

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        for (String trial : List.of("0001", "0002")) {
            assertThat(there.resolve("trials/" + trial + "/history.csv"))
                    .hasSameBinaryContentAs(here.resolve("trials/" + trial + "/history.csv"));
        }
    }
}
