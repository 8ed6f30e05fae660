package io.fewshot4j.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
    @TempDir
    private Path folder;

    @Test
    void a_run_that_was_created_can_be_opened() {
        RunFolder run = RunFolder.create(folder.resolve("a/b"));

        assertThat(RunFolder.open(run.path())).isEqualTo(run);
        assertThat(run.checkpoints().folder(5)).isEqualTo(folder.resolve("a/b/checkpoints/iteration-000005"));
    }

    @Test
    void a_run_without_checkpoints_may_begin_anew() {
        RunFolder run = RunFolder.create(folder);

        assertThat(RunFolder.create(folder)).isEqualTo(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fewshot4j ru"})
    void a_mark_that_was_cut_short_is_written_again(String mark) throws IOException {
        Files.writeString(folder.resolve("run.txt"), mark);

        assertThat(RunFolder.open(RunFolder.create(folder).path()).path()).isEqualTo(folder);
    }

    @Test
    void a_run_with_checkpoints_is_not_overwritten() {
        RunFolder.create(folder).checkpoints().save(Checkpoints.of(3));

        assertThatThrownBy(() -> RunFolder.create(folder))
                .isInstanceOf(FewShotException.class)
                .hasMessage(folder + " must be a new run, but has checkpoints; resume it or choose another folder");
    }

    @Test
    void a_folder_with_other_things_is_left_alone() throws IOException {
        Path file = Files.writeString(folder.resolve("thesis.tex"), "precious");

        assertThatThrownBy(() -> RunFolder.create(folder))
                .isInstanceOf(FewShotException.class)
                .hasMessage(folder + " must be an empty folder or none, but is not; choose another folder for the run");
        assertThatThrownBy(() -> RunFolder.create(file)).hasMessageContaining("must be an empty folder");
        assertThatThrownBy(() -> RunFolder.create(file.resolve("run")))
                .hasMessageStartingWith("cannot make the run folder " + file.resolve("run"));
    }

    @Test
    void only_a_run_is_opened() throws IOException {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> RunFolder.open(none))
                .isInstanceOf(FewShotException.class)
                .hasMessage(none + " is no training run: there is no such folder; name the folder that train made");
        assertThatThrownBy(() -> RunFolder.open(folder)).hasMessageContaining("it has no run.txt of fewshot4j");
        Files.writeString(folder.resolve("run.txt"), "another program's");
        assertThatThrownBy(() -> RunFolder.open(folder)).hasMessageContaining("it has no run.txt of fewshot4j");
    }

    @Test
    void a_run_that_another_trainer_has_begun_meanwhile_is_not_new() {
        RunFolder run = RunFolder.create(folder);
        RunFolder other = RunFolder.create(folder);
        try (HeldRun held = other.holdNew()) {
            held.folder().checkpoints().save(Checkpoints.of(3));
            assertThatThrownBy(run::holdNew).hasMessageContaining("another one is at work in it");
        }
        assertThatThrownBy(run::holdNew)
                .isInstanceOf(FewShotException.class)
                .hasMessage(folder + " must be a new run, but has checkpoints; resume it or choose another folder");
        run.hold().close();
    }

    @Test
    void one_trainer_at_a_time_works_in_a_run() {
        RunFolder run = RunFolder.create(folder);
        try (HeldRun held = run.hold()) {
            assertThat(held.folder()).isEqualTo(run);
            assertThatThrownBy(run::hold)
                    .isInstanceOf(FewShotException.class)
                    .hasMessage(folder + " must have one trainer, but another one is at work in it; wait for it or"
                            + " choose another folder");
        }
        run.hold().close();
        assertThatThrownBy(() -> new RunFolder(folder.resolve("none")).hold())
                .hasMessageStartingWith("cannot lock the run folder ");
    }
}
