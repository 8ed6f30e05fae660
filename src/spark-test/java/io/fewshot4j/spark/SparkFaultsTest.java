package io.fewshot4j.spark;

import static io.fewshot4j.spark.Clusters.run;
import static io.fewshot4j.spark.Clusters.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot compute is told of in one line. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SparkFaultsTest {
    @TempDir
    private static Path folder;

    private static String failure(String name, Map<String, String> settings) throws IOException {
        try (SparkEngine cluster = Clusters.of(1, settings)) {
            Clusters.Outcome outcome = run(
                    cluster, "train", "--preset", "demo", "--quiet", "--out", folder.resolve(name), small("maml", 2));
            assertThat(outcome.exit()).isEqualTo(1);
            return outcome.err();
        }
    }

    /** The folder is the working directory of whoever asks, and an executor's is another than the driver's. */
    @Test
    void a_node_without_the_data_is_told() throws IOException {
        String cache = "/proc/self/cwd/target/spark-cache";

        assertThat(failure("absent", Map.of(SparkEngine.CACHE, cache)))
                .matches("fewshot4j: the executor on \\S+ cannot compute: there is no file of packed images " + cache
                        + "/images-\\w+\\.pack\n");
    }

    @Test
    void too_little_memory_is_told() {
        Answer<String> answer = Replies.to(() -> {
            throw new IllegalStateException("no array", new OutOfMemoryError("native"));
        });

        assertThatThrownBy(() -> Replies.results(List.of(answer), false))
                .isInstanceOf(FewShotException.class)
                .hasMessageMatching(
                        "the executor on \\S+ cannot compute: memory ran out \\(no array; the heap may have .* MiB\\);"
                                + " give more by spark.executor.memory and spark.executor.memoryOverhead, or fewer cores to an"
                                + " executor");
    }

    @Test
    void a_fault_of_the_program_is_left_to_spark() {
        assertThatThrownBy(() -> Replies.to(() -> {
                    throw new IllegalStateException("a fault");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void another_kind_of_processor_is_refused_unless_it_is_allowed() {
        List<Answer<String>> answers = List.of(
                new Answer<>("one", Environment.processor(), "", List.of("a")),
                new Answer<>("two", "other", "", List.of("b")));

        assertThatThrownBy(() -> Replies.results(answers, false))
                .isInstanceOf(FewShotException.class)
                .hasMessage("executors must have the driver's kind of processor, " + Environment.processor()
                        + ", for results to have the same bits, got other on two; choose nodes of one kind, or set"
                        + " spark.fewshot4j.mixedProcessors=true and take results that differ in their last digits");
        assertThat(Replies.results(answers, true)).containsExactly("a", "b");
    }

    @Test
    void shares_are_contiguous_and_none_is_empty() {
        assertThat(Share.of(7, 3)).containsExactly(new Share(0, 2), new Share(2, 4), new Share(4, 7));
        assertThat(Share.of(2, 8)).containsExactly(new Share(0, 1), new Share(1, 2));
    }
}
