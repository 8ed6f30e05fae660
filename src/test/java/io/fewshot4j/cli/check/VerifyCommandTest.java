package io.fewshot4j.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.CommandRun;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.tensor.Npz;
import io.fewshot4j.tensor.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Against figures that another implementation, in PyTorch, computed in double; ReferenceEpisodeTest takes more cases.
 */
final class VerifyCommandTest {
    private static final double TOLERANCE = 1e-9;

    @TempDir
    private Path folder;

    @Test
    void a_case_gives_the_figures_of_another_implementation() throws IOException, ParseException {
        CommandRun run = verify(resource("p28_o2_k3.npz"), resource("p28_o2_k3.expected.npz"));

        assertThat(run.out())
                .containsPattern("meta loss +1.3700776")
                .containsPattern("support loss before step 3 +0.9946547")
                .contains("wrote " + folder.resolve("result.npz"));
    }

    @Test
    void the_figures_come_as_json_too() throws IOException, ParseException {
        JsonNode json = verify(resource("s28_o2_k1.npz"), resource("s28_o2_k1.expected.npz"), "--json")
                .json();

        Map<String, INDArray> expected = Npz.read(resource("s28_o2_k1.expected.npz"));
        assertThat(json.get("metaLoss").asDouble())
                .isCloseTo(Lookup.in(expected, "meta_loss").getDouble(0), within(TOLERANCE));
        assertThat(json.get("queryAccuracy").asDouble())
                .isEqualTo(Lookup.in(expected, "query_accuracy").getDouble(0));
        assertThat(json.get("supportLosses")).hasSize(1);
    }

    /** Runs the command and compares its file with the expected one. */
    private CommandRun verify(Path file, Path expectedFile, String... more) throws ParseException {
        Path out = folder.resolve("result.npz");
        Stream<Object> line = Stream.concat(Stream.of(file, "--out", out), Stream.of(more));
        CommandRun run = CommandRun.of(new VerifyCommand(), line.toArray());

        assertThat(run.code()).isZero();
        Map<String, INDArray> results = Npz.read(out);
        Map<String, INDArray> expected = Npz.read(expectedFile);
        assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, array) -> assertEqual(name, Lookup.in(results, name), array));
        return run;
    }

    private static void assertEqual(String name, INDArray found, INDArray expected) {
        assertThat(found.dataType()).as(name).isEqualTo(DataType.DOUBLE);
        assertThat(found.shape()).as(name).isEqualTo(expected.shape());
        double[] values = Transfer.read(found);
        double[] right = Transfer.read(expected);
        for (int i = 0; i < right.length; i++) {
            assertThat(values[i]).as(name).isCloseTo(right[i], within(TOLERANCE + TOLERANCE * Math.abs(right[i])));
        }
    }

    private static Arguments fault(String message, Consumer<Map<String, INDArray>> change) {
        return Arguments.of(message, change);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("must have an array query_x, got [.*]", c -> c.remove("query_x")),
                fault("must have an array conv3.weight, got [.*]", c -> c.remove("conv3.weight")),
                fault("must have four blocks, conv0 to conv3, got [.*]", c -> c.put("conv4.weight", reals(4, 4, 3, 3))),
                fault(
                        "support_x must be float64 [5, 1, 28, 28] to fit the case's other arrays,"
                                + " got float32 [5, 1, 28, 28]",
                        c -> c.put("support_x", Lookup.in(c, "support_x").castTo(DataType.FLOAT))),
                fault(
                        "query_x must be float64 [15, 1, 28, 28] to fit the case's other arrays,"
                                + " got float64 [15, 1, 28, 27]",
                        c -> c.put("query_x", reals(15, 1, 28, 27))),
                fault(
                        "query_x must have 4 dimensions, none of them 0, got float64 [15, 784]",
                        c -> c.put("query_x", reals(15, 784))),
                fault(
                        "fc.weight must be float64 [5, 8] to fit the case's other arrays, got float64 [5, 7]",
                        c -> c.put("fc.weight", reals(5, 7))),
                fault(
                        "fc.weight must have a row for each of at least 2 classes, got 1",
                        c -> c.put("fc.weight", reals(1, 8))),
                fault(
                        "conv2.weight must be float64 [8, 8, 3, 3] to fit the case's other arrays,"
                                + " got float64 [8, 4, 3, 3]",
                        c -> c.put("conv2.weight", reals(8, 4, 3, 3))),
                fault(
                        "support_y must be int64 [5] to fit the case's other arrays, got float64 [5]",
                        c -> c.put("support_y", Lookup.in(c, "support_y").castTo(DataType.DOUBLE))),
                fault(
                        "query_y must hold labels 0 to 4, got 5 at 3",
                        c -> Lookup.in(c, "query_y").putScalar(3, 5)),
                fault(
                        "query_y must hold labels 0 to 4, got -1 at 0",
                        c -> Lookup.in(c, "query_y").putScalar(0, -1)),
                fault(
                        "conv1.weight must hold finite numbers, got NaN at 7",
                        c -> Lookup.in(c, "conv1.weight").putScalar(7, Double.NaN)),
                fault("order must be 1 or 2, got 3", c -> c.put("order", Nd4j.scalar(3L))),
                fault(
                        "inner_steps must be a whole number from 1 to 100, got 1.5",
                        c -> c.put("inner_steps", Nd4j.scalar(1.5))),
                fault("eps must be above 0, got float64 [2]", c -> c.put("eps", reals(2))),
                fault("image must be at least 16x16 for four max-poolings, got 8x8; .*", c -> {
                    c.put("maxpool", Nd4j.scalar(1L));
                    c.put("support_x", reals(5, 1, 8, 8));
                    c.put("query_x", reals(15, 1, 8, 8));
                }));
    }

    private static INDArray reals(long... shape) {
        return Nd4j.ones(DataType.DOUBLE, shape);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_malformed_case_is_refused_in_one_line(String message, Consumer<Map<String, INDArray>> change)
            throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>(Npz.read(resource("s28_o2_k1.npz")));
        change.accept(arrays);
        Path file = folder.resolve("bad.npz");
        Npz.write(file, arrays);

        assertThatThrownBy(() -> CommandRun.of(new VerifyCommand(), file, "--out", folder.resolve("out.npz")))
                .isInstanceOf(FewShotException.class)
                .hasMessageMatching("\\Q" + file + ": \\E(the case )?\\Q" + message.replace(".*", "\\E.*\\Q")
                        + "\\E; mend the case");
        assertThat(folder.resolve("out.npz")).doesNotExist();
    }

    @Test
    void a_file_that_is_no_npz_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("text.npz"), "no zip");

        assertThatThrownBy(() -> CommandRun.of(new VerifyCommand(), file, "--out", folder.resolve("out.npz")))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void the_case_must_be_given() {
        assertThatThrownBy(() -> CommandRun.of(new VerifyCommand(), "--out", "out.npz"))
                .isInstanceOf(ParseException.class)
                .hasMessage("there must be a case file or folder, got none");
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = VerifyCommandTest.class.getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(in, name), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
