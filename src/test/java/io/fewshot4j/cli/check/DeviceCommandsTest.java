package io.fewshot4j.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.CommandRun;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.tensor.Npz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The commands that tell whether a device computes what it should, and how fast. */
final class DeviceCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void a_device_gives_the_figures_of_plain_java() throws ParseException, IOException {
        JsonNode result = CommandRun.of(new SmokeCommand(), "--json").json();

        assertThat(result.get("ok").asBoolean()).isTrue();
        assertThat(result.get("figures")).hasSize(7);
        assertThat(result.get("gemmGflops").asDouble()).isPositive();
    }

    @Test
    void every_learners_gradients_are_written_and_compared() throws ParseException, IOException {
        Path file = folder.resolve("cpu.npz");
        CommandRun.of(new GradientsCommand(), "--out", file);
        CommandRun same = CommandRun.of(new GradientsCommand(), "--against", file);

        assertThat(same.code()).isZero();
        assertThat(same.out().lines())
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.endsWith("ok") || line.endsWith("difference"));

        Map<String, INDArray> other = new LinkedHashMap<>(Npz.read(file));
        Lookup.in(other, "anil/fc.bias").addi(1);
        Npz.write(file, other);
        CommandRun different = CommandRun.of(new GradientsCommand(), "--against", file);
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.out()).containsPattern("anil +anil/fc.bias .* over");
    }

    @Test
    void gradients_need_one_of_their_flags() {
        assertThatThrownBy(() -> CommandRun.of(new GradientsCommand()))
                .isInstanceOf(ParseException.class)
                .hasMessage("--out or --against must be given, got none");
    }

    @Test
    void a_folder_of_cases_is_compared_with_its_expected_results() throws ParseException, IOException {
        copy("s28_o2_k1.npz");
        copy("s28_o2_k1.expected.npz");

        CommandRun fine = CommandRun.of(new VerifyCommand(), folder);
        assertThat(fine.code()).isZero();
        assertThat(fine.out()).containsPattern("s28_o2_k1 .* ok").contains("all within 1.0E-9 in double");
        assertThat(CommandRun.of(new VerifyCommand(), folder, "--precision", "float")
                        .code())
                .isZero();
        CommandRun strict = CommandRun.of(new VerifyCommand(), folder, "--precision", "float", "--tolerance", "1e-12");
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.out()).contains("over").contains("not all within 1.0E-12 in float");
    }

    @Test
    void a_folder_without_cases_is_refused() {
        assertThatThrownBy(() -> CommandRun.of(new VerifyCommand(), folder))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("a folder of cases must hold files NAME.npz and NAME.expected.npz, got ");
    }

    @Test
    void the_benchmark_tells_what_each_operation_takes() throws ParseException, IOException {
        JsonNode row = CommandRun.of(
                        new BenchCommand(), "--rows", "3", "--repeats", "1", "--operations", "--json", "--quiet")
                .json()
                .get("rows")
                .get(0);

        assertThat(row.get("seconds").asDouble()).isPositive();
        JsonNode operations = row.get("operations");
        assertThat(operations.findValuesAsText("operation"))
                .contains("convolution", "convolution-gradients", "product");
        operations.forEach(time -> assertThat(time.get("calls").asInt() % 32).isZero());
    }

    private void copy(String resource) throws IOException {
        try (InputStream in = DeviceCommandsTest.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in, resource), folder.resolve(resource));
        }
    }
}
