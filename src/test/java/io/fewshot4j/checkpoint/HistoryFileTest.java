package io.fewshot4j.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("history.csv");
    }

    @Test
    void numbers_read_back_exactly() {
        HistoryRow plain = new HistoryRow(1, 0.1 + 0.2, 1 / 3.0, 1e-3, Optional.empty());
        HistoryRow validated =
                new HistoryRow(2, 1e-300, 1, 5e-4, Optional.of(new HistoryRow.Validation(0.9, 0.01, Math.E)));
        write(0, plain, validated);

        assertThat(HistoryFile.read(file)).containsExactly(plain, validated);
    }

    @Test
    void rows_after_the_checkpoint_are_taken_back() throws IOException {
        write(0, row(1), row(2), row(3));
        String whole = Files.readString(file);

        write(2, row(3));

        assertThat(file).hasContent(whole);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void a_row_cut_off_by_a_crash_is_dropped() throws IOException {
        write(0, row(1));
        Files.writeString(file, "2,0.5,0.", StandardOpenOption.APPEND);
        assertThat(HistoryFile.read(file)).containsExactly(row(1));

        write(1, row(2));

        assertThat(HistoryFile.read(file)).containsExactly(row(1), row(2));
    }

    @Test
    void a_file_of_other_content_is_named() throws IOException {
        Files.writeString(file, "a,b\n1,2\n");
        assertThatThrownBy(() -> HistoryFile.read(file))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith(file + " must start with the line iteration,loss,")
                .hasMessageEndingWith(
                        ", got a,b; put the file back from a copy, or rename it to history-before.csv to begin a new curve");
        Files.writeString(file, HistoryRow.HEADER + "\n1,2\n");
        assertThatThrownBy(() -> HistoryFile.read(file))
                .hasMessageStartingWith(file + " line 2 must have the numbers ");
        Files.writeString(file, HistoryRow.HEADER + "\n1,2,3,x,,,\n");
        assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("got 1,2,3,x,,,;");
    }

    @Test
    void an_absent_or_unwritable_file_is_named() {
        assertThatThrownBy(() -> HistoryFile.read(file))
                .hasMessage("cannot read " + file + ": " + file + " is missing");
        Path nowhere = file.resolve("history.csv");
        assertThatThrownBy(() -> HistoryFile.resume(nowhere, 0, Optional.empty()))
                .hasMessageStartingWith("cannot write " + nowhere);
        HistoryFile closed = HistoryFile.resume(file, 0, Optional.empty());
        closed.close();
        assertThatThrownBy(() -> closed.append(row(1))).hasMessageStartingWith("cannot write " + file);
    }

    private void write(long iteration, HistoryRow... rows) {
        try (HistoryFile history = HistoryFile.resume(file, iteration, Optional.empty())) {
            for (HistoryRow row : rows) {
                history.append(row);
            }
            history.sync();
        }
    }

    private static HistoryRow row(long iteration) {
        return new HistoryRow(iteration, 0.5, 0.75, 0.001, Optional.empty());
    }

    @Test
    void a_curve_with_a_hole_is_not_gone_on_with() throws IOException {
        write(0, row(1), row(2), row(4));
        assertThatThrownBy(() -> HistoryFile.resume(file, 4, Optional.empty()))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        file + " must have a row for each iteration as far as the checkpoint's, 4, but the row of 3 is"
                                + " missing; put the file back from a copy, or rename it to history-before.csv to begin a new curve");
        Files.delete(file);
        write(0, row(1), row(2));
        assertThatThrownBy(() -> HistoryFile.resume(file, 4, Optional.empty()))
                .hasMessageContaining("but the row of 3 and all after it are missing; ");
    }

    @Test
    void an_emptied_curve_is_not_gone_on_with() throws IOException {
        Files.writeString(file, "");
        assertThatThrownBy(() -> HistoryFile.resume(file, 4, Optional.empty()))
                .hasMessageContaining("but the row of 1 and all after it");
        Files.writeString(file, HistoryRow.HEADER + "\n");
        assertThatThrownBy(() -> HistoryFile.resume(file, 4, Optional.empty()))
                .hasMessageContaining("but the row of 1 and all after it");
    }

    @Test
    void a_curve_that_is_not_as_a_checkpoint_knows_it_is_neither_gone_on_with_nor_read() throws IOException {
        Optional<String> known;
        try (HistoryFile history = HistoryFile.resume(file, 0, Optional.empty())) {
            history.append(row(1));
            history.append(row(2));
            known = Optional.of(history.sha256());
            history.append(row(3));
        }
        assertThat(HistoryFile.read(file, 2, known)).containsExactly(row(1), row(2), row(3));
        HistoryFile.resume(file, 2, known).close();
        assertThat(HistoryFile.read(file)).containsExactly(row(1), row(2));

        Files.writeString(file, Files.readString(file).replace("2,0.5,", "2,0.4,"));

        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> HistoryFile.resume(file, 2, known), () -> HistoryFile.read(file, 2, known))) {
            assertThatThrownBy(use)
                    .isInstanceOf(FewShotException.class)
                    .hasMessageStartingWith(
                            file + " must have the SHA-256 " + known.get() + " as far as iteration 2, as ")
                    .hasMessageEndingWith(
                            "so something in it was changed; put the file back from a copy, or rename it to"
                                    + " history-before.csv to begin a new curve");
        }
    }

    @Test
    void a_curve_that_was_lost_is_not_begun_anew_unless_that_is_meant() throws IOException {
        assertThatThrownBy(() -> HistoryFile.resume(file, 2, Optional.of("00")))
                .isInstanceOf(FewShotException.class)
                .hasMessage(file + " must be there, but is missing; put it back from a copy, or make an empty"
                        + " history-before.csv beside it to begin a new curve");

        Files.createFile(file.resolveSibling("history-before.csv"));
        HistoryFile.resume(file, 2, Optional.of("00")).close();

        assertThat(HistoryFile.read(file)).isEmpty();
    }

    @Test
    void a_curve_that_was_moved_away_begins_anew() {
        write(4, row(5), row(6));
        write(6, row(7));

        assertThat(HistoryFile.read(file)).containsExactly(row(5), row(6), row(7));
    }
}
