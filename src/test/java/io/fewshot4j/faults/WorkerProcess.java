package io.fewshot4j.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link Worker}, which is started anew where a try ends or hangs it. */
final class WorkerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final long seed;
    private final Path folder;
    private Process process;

    WorkerProcess(long seed, Path folder) throws IOException {
        this.seed = seed;
        this.folder = folder;
        this.process = start();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx700m",
                        "-XX:+UseSerialGC",
                        "-Djava.awt.headless=true",
                        "-Djava.io.tmpdir=" + folder,
                        "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        Long.toString(seed),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("workers.log").toFile()))
                .start();
    }

    /** Makes a try there. */
    Verdict attempt(Rota.Try one) throws IOException, InterruptedException {
        try {
            Writer numbers = process.outputWriter(StandardCharsets.UTF_8);
            numbers.write(one.number() + "\n");
            numbers.flush();
            String line = CompletableFuture.supplyAsync(this::answer).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new ObjectMapper().readValue(line, Verdict.class);
        } catch (TimeoutException e) {
            return restarted(Finding.HANG, one);
        } catch (IOException | ExecutionException e) {
            return restarted(Finding.JVM_CRASH, one);
        }
    }

    private String answer() {
        try {
            BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
            String line = answers.readLine();
            while (line != null && !line.startsWith(Worker.MARK)) {
                line = answers.readLine();
            }
            if (line == null) {
                throw new IOException("the worker ended");
            }
            return line.substring(Worker.MARK.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Verdict restarted(Finding finding, Rota.Try one) throws IOException, InterruptedException {
        int exit = process.destroyForcibly().waitFor();
        process = start();
        return new Verdict(finding, one.kind() + ", try " + one.number(), "the process ended with " + exit);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
