package io.fewshot4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NvidiaTest {
    @TempDir
    private Path folder;

    @Test
    void the_drivers_table_of_devices_is_read() {
        assertThat(Nvidia.parse(List.of(
                        "NVIDIA A100-SXM4-40GB, 535.104.05, 40960 MiB, 8.0",
                        "Tesla K80, 470.1, 11441 MiB, [Not Supported]",
                        "NVIDIA-SMI has failed")))
                .containsExactly(
                        new Gpu("NVIDIA A100-SXM4-40GB", "535.104.05", "40960 MiB", 8.0),
                        new Gpu("Tesla K80", "470.1", "11441 MiB", 0));
    }

    @Test
    void without_its_table_the_kernels_list_is_read() throws IOException {
        Files.writeString(folder.resolve("version"), "NVRM version: 535.104.05\nGCC version: 12\n");
        Path device = Files.createDirectories(folder.resolve("gpus/0000:01:00.0"));
        Files.writeString(device.resolve("information"), "Model: \t\t Tesla T4\nIRQ: 1\n");

        assertThat(Nvidia.fromKernel(folder))
                .containsExactly(new Gpu("Tesla T4", "NVRM version: 535.104.05", "unknown", 0));
        assertThat(Nvidia.fromKernel(folder.resolve("absent"))).isEmpty();
    }
}
