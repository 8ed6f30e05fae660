package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.CommandLines.Outcome;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MainTest {
    @Test
    void without_arguments_it_tells_every_command_and_the_first_steps() {
        Outcome outcome = run();

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).contains("First steps:", "fewshot4j demo");
        Commands.ALL.forEach(command -> assertThat(outcome.out())
                .containsPattern("(?m)^  " + command.name() + " +" + Pattern.quote(command.summary())));
        assertThat(run("--help")).isEqualTo(outcome);
        assertThat(run("help")).isEqualTo(outcome);
    }

    @Test
    void the_help_of_every_command_tells_usage_all_flags_and_examples() {
        for (Command command : Commands.ALL) {
            List<String> name = List.of(command.name().split(" "));
            Outcome outcome = run(name, "--help");
            assertThat(outcome.exit()).isZero();
            assertThat(outcome.out())
                    .contains("fewshot4j " + command.name() + " " + command.usage(), "--json", "--quiet", "--plain")
                    .contains(command.examples());
            for (Option option : command.options().getOptions()) {
                assertThat(outcome.out()).contains("--" + option.getLongOpt(), option.getDescription());
            }
            assertThat(run("help", name)).isEqualTo(outcome);
        }
    }

    @Test
    void the_help_of_train_tells_every_setting_with_type_default_and_meaning() {
        assertThat(run("train", "--help").out())
                .contains("learner=maml", "learner=fomaml: as learner=maml\n", "network=resnet12", "dataset=glyphs")
                .containsPattern("inner-learning-rate=2 +inner learning rate, .* \\(a number\\)")
                .containsPattern("updater=adam +rule of the meta-update \\(one of adam, amsgrad")
                .containsPattern("meta-batch=32 +tasks of a meta-update");
    }

    @Test
    void the_version_is_told() {
        assertThat(run("--version")).isEqualTo(new Outcome(0, "fewshot4j " + Environment.VERSION + "\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tran|there is no command tran; did you mean train?; see fewshot4j --help",
                "--jso|the first word must be a command, got --jso; see fewshot4j --help",
                "train --presett demo|train has no flag --presett; did you mean --preset?; see fewshot4j train --help",
                "train --preset|--preset must be followed by NAME, got nothing; see fewshot4j train --help",
                "train --preset demo|--out must be given, got none; see fewshot4j train --help",
                "train --out x|--preset or --resume must be given, got none; see fewshot4j train --help",
                "train --resume x --out y|--resume goes on with a run as it is, without --preset and --out; see fewshot4j train --help",
                "train demo|there is a word too many: demo; see fewshot4j train --help",
                "train --out a --out b|--out must be given once, got it again; see fewshot4j train --help",
                "evaluate --run x --episodes 0|--episodes must be a whole number of at least 1, got 0; see fewshot4j evaluate --help",
                "evaluate --run x --episodes 9999999999|--episodes must be at most 2147483647, got 9999999999; see fewshot4j evaluate --help",
                "bench --threads -1|--threads must be a whole number of at least 0, got -1; see fewshot4j bench --help",
                "bench --repeats x|--repeats must be a whole number of at least 1, got x; see fewshot4j bench --help",
                "bench --rows 1,99|--rows must be numbers from 1 to 10, got \"99\"; see fewshot4j bench --help",
                "evaluate --run x --seed two|--seed must be a whole number, got two; see fewshot4j evaluate --help",
                "evaluate --run x --split tets|--split must be one of test, validation, train, got \"tets\"; see fewshot4j evaluate --help",
                "evaluate --run x --checkpoint bst|--checkpoint must be best or latest, got \"bst\"; did you mean best?; see fewshot4j evaluate --help",
            })
    void a_wrong_command_or_flag_is_told_in_one_line_and_exits_with_2(String line, String message) {
        assertThat(run(List.of(line.split(" ")))).isEqualTo(new Outcome(2, "", "fewshot4j: " + message + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --preset demmo --out x|there is no preset demmo; did you mean demo?",
                "train --preset none.yaml --out x|there is no settings file none.yaml",
                "train --preset demo --out x --set inner-lr=1|there is no setting inner-lr; did you mean inner-learning-rate?",
                "train --preset demo --out x --set way=1|way must be at least 2, got 1",
                "train --preset demo --out x --set way|a setting must be key=value, got \"way\"",
                "train --preset maml/omniglot-5way-1shot --out x|data set omniglot is read from files, but --data names none; add --data PATH",
                "presets demmo|there is no preset demmo; did you mean demo?",
            })
    void a_fault_of_the_user_is_told_in_one_line_and_exits_with_1(String line, String message) {
        assertThat(run(List.of(line.split(" ")))).isEqualTo(new Outcome(1, "", "fewshot4j: " + message + "\n"));
        assertThat(Path.of("x")).doesNotExist();
    }

    @Test
    void a_folder_that_is_no_run_is_refused(@TempDir Path folder) {
        String message = "fewshot4j: " + folder
                + " is no training run: it has no run.txt of fewshot4j; name the folder that train made\n";
        assertThat(run("evaluate", "--run", folder)).isEqualTo(new Outcome(1, "", message));
        assertThat(run("train", "--resume", folder)).isEqualTo(new Outcome(1, "", message));
    }

    @Test
    void a_fault_of_the_program_is_one_line_and_its_trace_is_shown_on_request() {
        RuntimeException fault = new IllegalStateException("two\nlines");

        assertThat(told(fault, false))
                .isEqualTo("fewshot4j: a fault of the program, java.lang.IllegalStateException: two lines;"
                        + " set FEWSHOT4J_TRACE=1 to see where, and report it\n");
        assertThat(told(fault, true)).contains("\tat " + MainTest.class.getName());
    }

    @Test
    void the_cause_is_told_where_a_thread_wrapped_it() {
        assertThat(told(new CompletionException(new FewShotException("no data")), false))
                .isEqualTo("fewshot4j: no data\n");
        assertThat(told(new CompletionException(new OutOfMemoryError("Java heap space")), false))
                .startsWith("fewshot4j: memory ran out (Java heap space; ")
                .contains("FEWSHOT4J_OPTS")
                .hasLineCount(1);
        assertThat(told(new CompletionException(new RuntimeException("Allocation failed: [std::bad_alloc]")), false))
                .startsWith("fewshot4j: memory ran out (Allocation failed: [std::bad_alloc]; ");
    }

    private static String told(Throwable fault, boolean trace) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(Faults.tell(fault, new PrintStream(err, true, StandardCharsets.UTF_8), trace))
                .isEqualTo(1);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_result_that_was_not_written_whole_is_a_failure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        for (List<String> line : List.of(List.of("presets", "--json"), List.of("presets"), List.of("--help"))) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();

            int exit = Main.run(line, new PrintStream(full), new PrintStream(err, true, StandardCharsets.UTF_8));

            assertThat(exit).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("fewshot4j: the result must be written whole")
                    .hasLineCount(1);
        }
    }
}
