package io.fewshot4j.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the program, each time in a process of its own.
 *
 * @param script that starts the program; a line that begins with a class starts that instead
 * @param logs a folder for what the processes print
 */
record Launcher(Path script, Path logs) implements Program {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** So short a run is over before the second compiler pays. */
    private static final String OPTIONS = "-Xmx512m -XX:TieredStopAtLevel=1 -XX:-UsePerfData";

    /** A process that was started. */
    record Running(Process process, Path out, Path err) {
        /** Waits for its end; kills it where that does not come. */
        Ran await() throws InterruptedException {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                return new Ran(Ran.HUNG, read(out), read(err));
            }
            return new Ran(process.exitValue(), read(out), read(err));
        }

        /** Kills it as {@code kill -9} does after a while; says whether it was still at work. */
        boolean kill(Duration after) throws InterruptedException {
            boolean ended = process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            return !ended;
        }
    }

    @Override
    public Ran run(List<?> words) {
        try {
            return start(words).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Running start(List<?> words) {
        return start(line(words), temporary("out"));
    }

    /** Starts any command; its standard output goes to a file or device. */
    Running start(List<String> command, Path out) {
        Path err = temporary("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("FEWSHOT4J_OPTS", OPTIONS);
        try {
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path temporary(String name) {
        try {
            return Files.createTempFile(Files.createDirectories(logs), name, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole command of a command line. */
    List<String> line(List<?> words) {
        List<String> line = new ArrayList<>();
        if (words.get(0) instanceof Class<?> main) {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            line.addAll(List.of(java.toString(), "-cp", System.getProperty("java.class.path"), main.getName()));
        } else {
            line.addAll(List.of(script.toString(), words.get(0).toString()));
        }
        words.stream().skip(1).forEach(word -> line.add(word.toString()));
        return line;
    }

    private static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
