package io.fewshot4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java program of the tests in a process of its own, to be killed as {@code kill -9} does. */
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    public static ChildProcess start(Class<?> main, Path argument) throws IOException {
        return start(main, "512m", argument);
    }

    /** A process with so large a heap. */
    public static ChildProcess start(Class<?> main, String heap, Path argument) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument.toString()));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until the program prints this line. */
    public void await(String line) throws IOException {
        String read = output.readLine();
        while (read != null && !read.equals(line)) {
            read = output.readLine();
        }
        if (read == null) {
            throw new IOException("the program ended before it printed " + line);
        }
    }

    /** The next line that it prints. */
    public String line() throws IOException {
        return String.valueOf(output.readLine());
    }

    /** Kills the program on the spot. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the program to end, as Ctrl-C and {@code kill} do. */
    public void terminate() {
        process.toHandle().destroy(); // Process.destroy would close its output, too
    }

    /** Waits for the program's end. */
    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }
}
