package io.fewshot4j.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Compilers that a machine may have: g++ for kernels on the processor, nvcc for kernels on GPUs. */
final class Compilers {
    private Compilers() {}

    /** Skips a test, and says so, where a compiler is missing. */
    static void assumeThereIs(String compiler) {
        Assumptions.assumeTrue(isThere(compiler), compiler + " is not on this machine: its checks are skipped");
    }

    static boolean isThere(String compiler) {
        try {
            return new ProcessBuilder(compiler, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A shared library of a C++ text. */
    static Path library(String source, String optimization) {
        Path text = file("kernels", ".cpp");
        Path library = file("kernels", ".so");
        write(text, source);
        run(List.of(
                "g++",
                "-std=c++17",
                optimization,
                "-shared",
                "-fPIC",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-Wno-unused-function",
                "-o",
                library.toString(),
                text.toString(),
                "-ldl"));
        return library;
    }

    /** Output of a compiler, which must succeed. */
    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + "\n"
                        + output.lines().limit(40).toList());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Path file(String name, String suffix) {
        try {
            Path file = Files.createTempFile(name, suffix);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String name) {
        try (InputStream in = Compilers.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource is called " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
