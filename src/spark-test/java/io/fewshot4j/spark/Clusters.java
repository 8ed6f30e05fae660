package io.fewshot4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.catalog.Engine;
import io.fewshot4j.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** Clusters of this machine with executors in processes of their own, and command lines that compute there or here. */
final class Clusters {
    private Clusters() {}

    /** Outcome of a command line. */
    record Outcome(int exit, String out, String err) {}

    /** So many executors with one core each. */
    static SparkEngine of(int executors) throws IOException {
        return of(executors, Map.of());
    }

    /** An engine with some of Spark's settings. */
    static SparkEngine of(int executors, Map<String, String> settings) throws IOException {
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        SparkConf conf = new SparkConf(false);
        settings.forEach(conf::set);
        return new SparkEngine(conf.setMaster("local-cluster[" + executors + ",1,1024]")
                .set("spark.ui.enabled", "false")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path")));
    }

    static Outcome run(Engine engine, Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                Stream.of(words)
                        .flatMap(word -> word instanceof List<?> list ? list.stream() : Stream.of(word))
                        .map(Object::toString)
                        .toList(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                engine);
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** {@code --set} for a learner so small that it trains in no time, with several tasks in a meta-batch. */
    static List<String> small(String learner, int iterations) {
        return small(learner, iterations, iterations);
    }

    /** A small run with other iterations between validations. */
    static List<String> small(String learner, int iterations, int validateEvery) {
        return List.of(
                "--set",
                "learner=" + learner,
                "iterations=" + iterations,
                "train-classes=8",
                "validation-classes=5",
                "test-classes=5",
                "images-per-class=6",
                "image-size=16",
                "query=1",
                "test-query=1",
                "meta-batch=6",
                "validate-every=" + validateEvery,
                "validation-episodes=4",
                "checkpoint-every=" + iterations);
    }

    /** Trains in a folder. */
    static void train(Engine engine, Path out, List<String> settings) {
        Outcome outcome = run(engine, "train", "--preset", "demo", "--out", out, settings);
        assertThat(outcome.exit()).as(outcome.err()).isZero();
    }

    /** Parameters, optimiser and curve of two runs, byte by byte. */
    static void assertSame(Path run, Path other, int iterations) {
        String checkpoint = String.format("checkpoints/iteration-%06d", iterations);
        for (String file : List.of(checkpoint + "/parameters.npz", checkpoint + "/optimizer.npz", "history.csv")) {
            assertThat(run.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
        }
    }
}
