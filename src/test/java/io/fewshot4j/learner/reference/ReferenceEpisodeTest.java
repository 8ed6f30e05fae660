package io.fewshot4j.learner.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.FewShotException;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.tensor.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Against an independent implementation's results, where they are. */
final class ReferenceEpisodeTest {
    private static final Path CASES =
            Path.of(System.getProperty("fewshot4j.shared", "../shared"), "reference", "cases");
    private static final double TOLERANCE = 1e-9;

    private static List<Path> cases() throws IOException {
        assumeTrue(Files.isDirectory(CASES), "absent: " + CASES);
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file ->
                            file.toString().endsWith(".npz") && !file.toString().endsWith(".expected.npz"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> every_figure_equals_the_references() throws IOException {
        return cases().stream()
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> compare(file)));
    }

    private static void compare(Path file) {
        Map<String, INDArray> results = ReferenceEpisode.compute(Npz.read(file), DataType.DOUBLE);
        Map<String, INDArray> expected = Npz.read(Path.of(file.toString().replace(".npz", ".expected.npz")));

        assertThat(results.keySet()).containsAll(expected.keySet());
        expected.forEach((name, values) -> {
            INDArray result = Lookup.in(results, name);
            assertThat(result.shape()).as(name).isEqualTo(values.shape());
            assertThat(worst(result, values)).as(name).isLessThanOrEqualTo(1);
        });
    }

    /** The largest difference in units of the tolerance; a NaN is infinitely far away. */
    private static double worst(INDArray result, INDArray expected) {
        double[] a = result.dup('c').data().asDouble();
        double[] b = expected.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = Math.abs(a[i] - b[i]) / (TOLERANCE + TOLERANCE * Math.abs(b[i]));
            worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
        }
        return worst;
    }

    @Test
    void a_case_without_an_array_is_refused() {
        assertThatThrownBy(() -> ReferenceEpisode.compute(Map.of("way", Nd4j.scalar(5)), DataType.DOUBLE))
                .isInstanceOf(FewShotException.class)
                .hasMessage("the case must have an array conv0.weight, got [way]");
    }

    @Test
    void a_case_of_five_blocks_or_with_a_wrong_label_is_refused() throws IOException {
        Map<String, INDArray> episode = new TreeMap<>(Npz.read(cases().get(0)));
        episode.put("query_y", Lookup.in(episode, "query_y").add(1));
        assertThatThrownBy(() -> ReferenceEpisode.compute(episode, DataType.DOUBLE))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("query_y must hold labels 0 to 4, got 5 at ");

        episode.put("conv4.weight", Nd4j.scalar(1));
        assertThatThrownBy(() -> ReferenceEpisode.compute(episode, DataType.DOUBLE))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("the case must have four blocks, conv0 to conv3, got [");
    }
}
