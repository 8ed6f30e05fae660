package io.fewshot4j.spark;

import io.fewshot4j.cli.Main;
import java.util.List;

/** The program for {@code spark-submit}: the commands are those of {@link Main}, and Spark's executors compute. */
public final class SparkMain {
    private SparkMain() {}

    public static void main(String[] arguments) {
        int exit;
        try (SparkEngine engine = new SparkEngine()) {
            exit = Main.run(List.of(arguments), System.out, System.err, engine);
        }
        System.exit(exit);
    }
}
