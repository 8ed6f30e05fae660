package io.fewshot4j.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks NVIDIA's driver for its devices. */
public final class Nvidia {
    private static final int COLUMNS = 4;

    private Nvidia() {}

    /** The devices that {@code nvidia-smi} lists; where it is missing, those that the kernel's driver lists by name. */
    public static List<Gpu> gpus() {
        List<String> lines =
                ask("nvidia-smi", "--query-gpu=name,driver_version,memory.total,compute_cap", "--format=csv,noheader");
        List<Gpu> gpus = parse(lines);
        return gpus.isEmpty() ? fromKernel(Path.of("/proc/driver/nvidia")) : gpus;
    }

    /** Devices from lines {@code name, driver, memory, compute capability}; other lines are passed over. */
    static List<Gpu> parse(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells.length == COLUMNS)
                .map(cells -> new Gpu(cells[0].strip(), cells[1].strip(), cells[2].strip(), capability(cells[3])))
                .toList();
    }

    private static double capability(String text) {
        return text.strip().matches("\\d+\\.\\d+") ? Double.parseDouble(text.strip()) : 0;
    }

    /** The devices below {@code gpus}, a folder with a file {@code information} for each. */
    static List<Gpu> fromKernel(Path driver) {
        String version = read(driver.resolve("version")).lines().findFirst().orElse("");
        try (Stream<Path> devices = Files.list(driver.resolve("gpus"))) {
            return devices.sorted()
                    .map(device -> read(device.resolve("information"))
                            .lines()
                            .filter(line -> line.startsWith("Model:"))
                            .map(line -> line.substring("Model:".length()).strip())
                            .findFirst()
                            .orElse("unknown"))
                    .map(model -> new Gpu(model, version, "unknown", 0))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> ask(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return List.of();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? text.lines().toList() : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
