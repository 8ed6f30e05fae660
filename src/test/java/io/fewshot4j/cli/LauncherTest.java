package io.fewshot4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script bin/fewshot4j, with a java that prints its arguments and environment. */
final class LauncherTest {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final Path SCRIPT = Path.of("src/main/launcher/fewshot4j");
    private static final String JAVA = """
            #!/bin/sh
            [ "$1" != -version ] || { echo 'openjdk version "21.0.1" 2023-10-17' >&2; exit; }
            printf '<%s>' "$@"
            printf ' %s' "$OMP_NUM_THREADS" "$OMP_WAIT_POLICY" "$OPENBLAS_NUM_THREADS"
            """;

    @TempDir
    private Path folder;

    private Path launcher;
    private Path javaHome;

    private record Outcome(int exit, String output) {}

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Files.isExecutable(SHELL), "no /bin/sh on this machine");
        folder = folder.toRealPath();
        launcher = Files.createDirectory(folder.resolve("bin")).resolve("fewshot4j");
        Files.copy(SCRIPT, launcher);
        javaHome = folder.resolve("jdk");
        executable(Files.createDirectories(javaHome.resolve("bin")).resolve("java"), JAVA);
    }

    @Test
    void on_java_17_it_starts_the_program_with_one_thread_per_operation() throws Exception {
        release("17.0.15");

        assertThat(run(Map.of(), "train", "--data", "my images"))
                .isEqualTo(new Outcome(
                        0,
                        "<-Djava.awt.headless=true><-XX:+UseSerialGC><-XX:MinHeapFreeRatio=10><-XX:MaxHeapFreeRatio=20><-Dlogback.configurationFile="
                                + folder
                                + "/conf/logback.xml><-Dfewshot4j.home="
                                + folder
                                + "><-cp><"
                                + folder
                                + "/lib/fewshot4j.jar><io.fewshot4j.cli.Main><train><--data><my images> 1 passive 1"));
    }

    @Test
    void on_java_25_it_allows_what_would_be_warned_of() throws Exception {
        release("25.0.3");

        assertThat(run(Map.of()).output())
                .contains("<--enable-native-access=ALL-UNNAMED><--sun-misc-unsafe-memory-access=allow>");
    }

    @Test
    void a_java_without_a_release_file_is_asked_its_version() throws Exception {
        assertThat(run(Map.of()).output())
                .startsWith(
                        "<-Djava.awt.headless=true><-XX:+UseSerialGC><-XX:MinHeapFreeRatio=10><-XX:MaxHeapFreeRatio=20><-Dlogback");
    }

    @Test
    void libraries_that_were_unpacked_beforehand_are_used() throws Exception {
        Files.createDirectory(folder.resolve("native"));

        assertThat(run(Map.of()).output())
                .contains("<-Dorg.bytedeco.javacpp.pathsFirst=true><-Djava.library.path=" + folder + "/native>");
    }

    @Test
    void options_and_threads_that_the_user_sets_are_kept() throws Exception {
        release("17.0.15");

        assertThat(run(Map.of("FEWSHOT4J_OPTS", "-Xmx4g -Da=*", "OMP_NUM_THREADS", "2"))
                        .output())
                .contains("<-Xmx4g><-Da=*>")
                .endsWith(" 2 passive 1");
    }

    @Test
    void it_finds_its_folder_through_symbolic_links() throws Exception {
        release("17.0.15");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("bin/fewshot4j"));

        assertThat(run(link, Map.of()).output()).contains("<" + folder + "/lib/fewshot4j.jar>");
    }

    @ParameterizedTest
    @CsvSource({
        "LANG, POSIX, C.UTF-8",
        "LC_ALL, C, C.UTF-8",
        "LC_CTYPE, '', C.UTF-8",
        "LANG, de_DE.UTF-8, ''",
        "LC_ALL, en_US.utf8, en_US.utf8"
    })
    void names_of_files_are_read_as_utf_8(String variable, String value, String expected) throws Exception {
        release("17.0.15");
        executable(javaHome.resolve("bin/java"), "#!/bin/sh\nprintf '%s' \"${LC_ALL:-}\"\n");

        assertThat(run(Map.of(variable, value)).output()).isEqualTo(expected);
    }

    @Test
    void an_older_java_is_refused_in_one_line() throws Exception {
        release("1.8.0_392");

        assertThat(run(Map.of()))
                .isEqualTo(new Outcome(
                        1,
                        "fewshot4j: needs Java 17 or newer, got 1.8.0_392 at " + javaHome
                                + "/bin/java; set JAVA_HOME to a newer one\n"));
    }

    @Test
    void a_java_home_without_java_is_refused_in_one_line() throws Exception {
        assertThat(run(Map.of("JAVA_HOME", folder.toString())))
                .isEqualTo(new Outcome(
                        1,
                        "fewshot4j: JAVA_HOME must be the folder of a Java 17 or newer, got " + folder
                                + "; correct it, or unset it to use the java on the PATH\n"));
    }

    @Test
    void too_few_open_files_are_told_before_java_fails() throws Exception {
        release("17.0.15");
        Path limited = folder.resolve("limited");
        executable(limited, "ulimit -n 40; exec " + SHELL + " " + launcher + "\n");

        assertThat(run(limited, Map.of()))
                .isEqualTo(new Outcome(
                        1, "fewshot4j: needs 256 open files or more, got a limit of 40; raise it: ulimit -n 1024\n"));
    }

    @Test
    void no_java_at_all_is_told_in_one_line() throws Exception {
        assertThat(run(Map.of("JAVA_HOME", "", "PATH", folder.toString())))
                .isEqualTo(
                        new Outcome(
                                1,
                                "fewshot4j: needs Java 17 or newer, found none; install one and put it on the PATH, or set JAVA_HOME\n"));
    }

    private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
        return run(launcher, environment, arguments);
    }

    private Outcome run(Path program, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SHELL.toString(), program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private void release(String version) throws IOException {
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
