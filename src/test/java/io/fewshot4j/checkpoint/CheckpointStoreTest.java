package io.fewshot4j.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.ChildProcess;
import io.fewshot4j.FewShotException;
import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

class CheckpointStoreTest {
    @TempDir
    private Path folder;

    private CheckpointStore store = new CheckpointStore(Path.of(""), file -> {});

    @BeforeEach
    void openStore() {
        store = new CheckpointStore(folder, file -> {});
    }

    @Test
    void what_is_saved_is_read_back() {
        Progress progress = new Progress(123, Optional.of(new Progress.Best(100, 0.1 + 0.2)), 2);
        Checkpoint saved = Checkpoints.of(progress);

        assertThat(store.save(saved)).isEqualTo(folder.resolve("iteration-000123"));

        Checkpoint read = latest();
        assertThat(read.manifest()).isEqualTo(saved.manifest());
        assertThat(read.model().parameters().layout())
                .isEqualTo(saved.model().parameters().layout());
        assertThat(read.model().parameters().flat())
                .isEqualTo(saved.model().parameters().flat());
        assertThat(read.model().statistics().flat())
                .isEqualTo(saved.model().statistics().flat());
        assertThat(read.optimizer()).isEqualTo(saved.optimizer());
        read.close();
        assertThat(read.model().parameters().flat().wasClosed()).isTrue();
    }

    @Test
    void equal_checkpoints_are_equal_files() throws IOException {
        store.save(Checkpoints.of(4));
        CheckpointStore other = new CheckpointStore(folder.resolve("other"), file -> {});
        other.save(Checkpoints.of(4));

        for (String file : List.of("parameters.npz", "optimizer.npz", "manifest.json")) {
            assertThat(store.folder(4).resolve(file))
                    .hasSameBinaryContentAs(other.folder(4).resolve(file));
        }
    }

    @Test
    void the_manifest_can_be_read_by_people() throws IOException {
        store.save(Checkpoints.of(Progress.NONE.advanced().validated(0.5)));

        assertThat(manifest(1))
                .contains("\"program\" : \"fewshot4j\"", "\"format\" : 2", "\"version\" : \"0.1.0\"")
                .contains(
                        "\"iteration\" : 1", "\"seed\" : 7", "\"data-fingerprint\" : \"data\"", "\"backend\" : \"cpu\"")
                .contains("\"accuracy\" : 0.5", "\"way\" : \"5\"");
    }

    @Test
    void the_latest_is_the_one_of_the_highest_iteration() {
        assertThat(store.latest()).isEmpty();
        store.save(Checkpoints.of(999_999));
        store.save(Checkpoints.of(1_000_000));

        assertThat(iteration(store.latest())).isEqualTo(1_000_000);
    }

    @Test
    void the_newest_two_and_the_best_are_kept() {
        Progress progress = Progress.NONE;
        double[] accuracies = {0.3, 0.9, 0.4, 0.5, 0.6};
        for (double accuracy : accuracies) {
            progress = progress.advanced().validated(accuracy);
            store.save(Checkpoints.of(progress));
        }

        assertThat(store.iterations()).containsExactly(2L, 4L, 5L);
        assertThat(iteration(store.best())).isEqualTo(2);
        assertThat(progress.validationsSinceBest()).isEqualTo(3);
        assertThat(entries()).hasSize(3);
    }

    @Test
    void there_is_no_best_before_the_first_validation() {
        assertThat(store.best()).isEmpty();
        store.save(Checkpoints.of(1));

        assertThat(store.best()).isEmpty();
    }

    @Test
    void an_equal_validation_is_not_better() {
        Progress progress = Progress.NONE.advanced().validated(0.5).advanced().validated(0.5);

        assertThat(progress).isEqualTo(new Progress(2, Optional.of(new Progress.Best(1, 0.5)), 1));
        assertThat(progress.isBest()).isFalse();
    }

    @Test
    void a_checkpoint_may_be_saved_again() {
        store.save(Checkpoints.of(1));
        store.save(Checkpoints.of(1));

        assertThat(store.iterations()).containsExactly(1L);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void killing_the_program_while_it_writes_loses_nothing() throws IOException, InterruptedException {
        try (ChildProcess program = ChildProcess.start(InterruptedSave.class, folder)) {
            program.await("writing");
            program.kill();
        }

        assertThat(entries()).containsExactlyInAnyOrder("iteration-000001", ".writing-iteration-000002");
        assertThat(iteration(store.latest())).isEqualTo(1);
        store.save(Checkpoints.of(2));
        assertThat(entries()).containsExactlyInAnyOrder("iteration-000001", "iteration-000002");
        assertThat(iteration(store.latest())).isEqualTo(2);
    }

    @Test
    void a_full_disk_loses_nothing() {
        store.save(Checkpoints.of(1));
        CheckpointStore full = new CheckpointStore(folder, file -> {
            throw new IOException("No space left on device");
        });

        assertThatThrownBy(() -> full.save(Checkpoints.of(2)))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "cannot save checkpoint " + store.folder(2) + ": No space left on device; free space or mend"
                                + " permissions, then resume; the last good one is " + store.folder(1));
        assertThat(entries()).containsExactly("iteration-000001");
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        CheckpointStore blocked = new CheckpointStore(file, f -> {});

        assertThatThrownBy(() -> blocked.save(Checkpoints.of(2)))
                .hasMessage("cannot save checkpoint " + blocked.folder(2) + ": " + file
                        + " is in the way; free space or" + " mend permissions, then resume; none was saved before");
    }

    @Test
    void a_truncated_file_is_refused_with_the_good_checkpoint_before_it() throws IOException {
        store.save(Checkpoints.of(1));
        store.save(Checkpoints.of(2));
        Path file = store.folder(2).resolve("parameters.npz");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 100));

        assertThatThrownBy(store::latest)
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith(
                        "checkpoint " + store.folder(2) + " is damaged: parameters.npz must have the SHA-256 ")
                .hasMessageEndingWith(
                        "; put it back from a copy, or move this folder elsewhere to go on from iteration 1, which is good");
    }

    @Test
    void a_missing_file_is_refused() throws IOException {
        store.save(Checkpoints.of(2));
        Files.delete(store.folder(2).resolve("optimizer.npz"));

        assertThatThrownBy(store::latest)
                .hasMessage(
                        "checkpoint " + store.folder(2) + " cannot be read: "
                                + store.folder(2).resolve("optimizer.npz")
                                + " is missing; no earlier one is good, so put it back from a copy or train anew in another folder");
    }

    @Test
    void only_a_good_checkpoint_is_offered_instead() throws IOException {
        store.save(Checkpoints.of(1));
        store.save(Checkpoints.of(2));
        store.save(
                Checkpoints.of(Progress.NONE.advanced().validated(1).advanced().advanced()));
        rewrite(3, "{", "");
        Files.delete(store.folder(2).resolve("manifest.json"));

        assertThatThrownBy(store::latest).hasMessageEndingWith("go on from iteration 1, which is good");
    }

    @Test
    void a_manifest_that_is_no_json_is_refused() throws IOException {
        store.save(Checkpoints.of(2));
        rewrite(2, "\"seed\"", "");
        assertThatThrownBy(store::latest).hasMessageContaining("is damaged: manifest.json is no JSON: ");
        Files.writeString(store.folder(2).resolve("manifest.json"), "");
        assertThatThrownBy(store::latest).hasMessageContaining("is damaged: manifest.json is no JSON object; ");
    }

    @Test
    void a_manifest_that_lacks_something_is_refused() throws IOException {
        store.save(Checkpoints.of(2));
        asFormat1(2);
        rewrite(2, "\"seed\"", "\"sead\"");

        assertThatThrownBy(store::latest).hasMessageContaining("is damaged: manifest.json lacks seed; ");
    }

    @Test
    void a_checkpoint_with_nan_is_refused() {
        Checkpoint broken = Checkpoints.of(2);
        broken.model().parameters().get("fc.weight").putScalar(1, 1, Double.NaN);
        store.save(broken);

        assertThatThrownBy(store::latest)
                .hasMessageContaining("is damaged: parameters.npz holds a NaN or infinite number in fc.weight; ");
    }

    @Test
    void arrays_of_different_types_are_no_model() {
        Checkpoint mixed = Checkpoints.of(2);
        Model model = new Model(
                mixed.model().parameters(),
                Checkpoints.model(5, DataType.DOUBLE).statistics());
        store.save(new Checkpoint(mixed.manifest(), model, Map.of()));

        assertThatThrownBy(store::latest)
                .hasMessageContaining("all arrays of a model must have the type of the first, FLOAT, got DOUBLE for"
                        + " statistics.bn.mean");
    }

    @Test
    void a_newer_format_says_so() throws IOException {
        store.save(Checkpoints.of(2));
        rewrite(2, "\"format\" : 2", "\"format\" : 3");

        assertThatThrownBy(store::latest)
                .isInstanceOf(FewShotException.class)
                .hasMessage("checkpoint " + store.folder(2)
                        + " must be of format 2 or older, got 3; use fewshot4j 0.1.0 or newer");
    }

    @Test
    void a_foreign_folder_says_so() throws IOException {
        Path foreign = Files.createDirectory(folder.resolve("iteration-000009"));
        Files.writeString(foreign.resolve("manifest.json"), "{\"model\": \"other\"}");

        assertThatThrownBy(store::latest)
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith(foreign + " is no checkpoint of fewshot4j");
    }

    @Test
    void values_are_restored_into_a_model_of_the_same_layout_only() {
        Checkpoint checkpoint = Checkpoints.of(3);
        Model model = Checkpoints.model(5, DataType.FLOAT);
        checkpoint.restore(model);

        assertThat(Transfer.read(model.parameters().flat())).containsOnly(3);
        assertThat(Transfer.read(model.statistics().flat())).containsOnly(-3);
        assertThatThrownBy(() -> checkpoint.restore(Checkpoints.model(20, DataType.FLOAT)))
                .isInstanceOf(FewShotException.class)
                .hasMessage("the checkpoint of iteration 3 must hold [fc.weight [20, 3] FLOAT] for these settings,"
                        + " got [fc.weight [5, 3] FLOAT]; use the settings it was made with");
        assertThatThrownBy(() -> checkpoint.restore(Checkpoints.model(5, DataType.DOUBLE)))
                .hasMessageContaining("scale [] DOUBLE");
    }

    private Checkpoint latest() {
        return store.latest().orElseThrow();
    }

    private static long iteration(Optional<Checkpoint> checkpoint) {
        return checkpoint.orElseThrow().manifest().progress().iteration();
    }

    private List<String> entries() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> Objects.toString(entry.getFileName())).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String manifest(long iteration) throws IOException {
        return Files.readString(store.folder(iteration).resolve("manifest.json"));
    }

    private void rewrite(long iteration, String from, String to) throws IOException {
        Files.writeString(
                store.folder(iteration).resolve("manifest.json"),
                manifest(iteration).replace(from, to));
    }

    @Test
    void a_manifest_of_format_1_is_read() throws IOException {
        Checkpoint saved = Checkpoints.of(new Progress(3, Optional.of(new Progress.Best(2, 0.25)), 1));
        store.save(saved);
        asFormat1(3);

        try (Checkpoint read = latest()) {
            assertThat(read.manifest()).isEqualTo(saved.manifest());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"way\" : \"5\" | \"way\" : \"6\"",
                "\"seed\" : 7 | \"seed\" : 8",
                "\"accuracy\" : 0.25 | \"accuracy\" : 0.26",
                "\"data-fingerprint\" : \"data\" | \"data-fingerprint\" : \"date\"",
                "\"version\" : \"0.1.0\" | \"version\" : \"0.1.1\"",
                "\"format\" : 2 | \"format\" : 1"
            })
    void any_change_of_the_manifest_is_refused(String from, String to) throws IOException {
        store.save(Checkpoints.of(new Progress(3, Optional.of(new Progress.Best(2, 0.25)), 1)));
        rewrite(3, from, to);

        assertThatThrownBy(store::latest)
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("is damaged: manifest.json must have ")
                .hasMessageContaining("checksum");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"iteration\" : 3 | \"iteration\" : 2 | must be of iteration 3, as its folder, got 2",
                "\"iteration\" : 3 | \"iteration\" : -1 | a whole number of at least 0 for iteration, got -1",
                "\"iteration\" : 3 | \"iteration\" : 1e999 | for iteration, got ",
                "\"iteration\" : 3 | \"iteration\" : \"x\" | for iteration, got \"x\"",
                "\"accuracy\" : 0.25 | \"accuracy\" : \"high\" | a finite number for accuracy, got \"high\"",
                "\"seed\" : 7 | \"seed\" : 7.5 | for seed, got 7.5",
                "\"seed\" : 7 | \"seed\" : 7, \"seed\" : 8 | is no JSON: Duplicate field 'seed'",
                "\"way\" : \"5\" | \"way\" : 5 | must have a text for way, got 5"
            })
    void nonsense_in_a_manifest_of_format_1_is_refused(String from, String to, String message) throws IOException {
        store.save(Checkpoints.of(new Progress(3, Optional.of(new Progress.Best(2, 0.25)), 1)));
        asFormat1(3);
        rewrite(3, from, to);

        assertThatThrownBy(store::latest).isInstanceOf(FewShotException.class).hasMessageContaining(message);
    }

    @Test
    void a_checkpoint_in_the_folder_of_another_is_refused() throws IOException {
        store.save(Checkpoints.of(30));
        Files.move(store.folder(30), store.folder(40));

        assertThatThrownBy(store::latest)
                .hasMessageContaining("is damaged: manifest.json must be of iteration 40, as its folder, got 30");
    }

    @Test
    void reading_while_another_saves_and_prunes_always_finds_a_checkpoint() throws Exception {
        store.save(Checkpoints.of(Progress.NONE.advanced().validated(0.1)));
        Thread trainer = new Thread(() -> {
            Progress progress = Progress.NONE.advanced().validated(0.1);
            for (int i = 0; i < 100; i++) {
                progress = progress.advanced().validated(0.1 + i * 1e-3);
                store.save(Checkpoints.of(progress));
            }
        });
        trainer.start();

        int reads = 0;
        while (trainer.isAlive()) {
            store.best().orElseThrow().close();
            store.latest().orElseThrow().close();
            reads++;
        }
        trainer.join();
        assertThat(reads).isPositive();
    }

    private void asFormat1(long iteration) throws IOException {
        String text = manifest(iteration);
        Files.writeString(
                store.folder(iteration).resolve("manifest.json"),
                text.replace("\"format\" : 2", "\"format\" : 1").replaceAll(",\\s*\"checksum\" : \"\\w+\"", ""));
    }
}
