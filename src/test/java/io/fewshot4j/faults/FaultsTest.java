package io.fewshot4j.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short form of {@code scripts/fault-campaign}: the faults that need no process of their own. */
final class FaultsTest {
    private static final int TRIES = 60;
    private static final long SEED = 7;

    @TempDir
    private static Path folder;

    @Test
    @Timeout(120)
    void no_damaged_file_is_read_in_silence_or_ends_in_a_stack_trace() throws IOException, InterruptedException {
        Program program = new InProcess();
        Base base = new Base(folder.resolve("base"));
        base.prepare(program);
        Faults faults = Faults.ofFiles(base, program);
        Rota rota = Rota.ofFiles(SEED);
        Tally tally = new Tally(rota.shares().keySet());

        for (int number = 0; number < TRIES; number++) {
            Rota.Try one = rota.of(number);
            tally.add(one, faults.attempt(one, folder));
        }

        assertThat(tally.bad()).isEmpty();
        assertThat(tally.tries()).isEqualTo(TRIES);
    }

    @Test
    void what_must_not_happen_is_told_from_what_may() {
        Judge judge = new Judge("97 %", List.of("note: before"), List.of("manifest.json"), false);

        assertThat(finding(judge, 0, "97 %", "")).isEqualTo(Finding.SAME_RESULT);
        assertThat(finding(judge, 0, "96 %", "note: before")).isEqualTo(Finding.SILENT_DIFFERENCE);
        assertThat(finding(judge, 0, "96 %", "note: 1 class is no longer there"))
                .isEqualTo(Finding.TOLD);
        assertThat(finding(judge, 1, "", "fewshot4j: manifest.json is no JSON")).isEqualTo(Finding.REFUSED);
        assertThat(finding(judge, 1, "", "fewshot4j: history.csv is damaged")).isEqualTo(Finding.FALSE_CAUSE);
        assertThat(finding(judge, 1, "", "fewshot4j: manifest.json: free space"))
                .isEqualTo(Finding.FALSE_CAUSE);
        assertThat(finding(judge, 1, "", "")).isEqualTo(Finding.FALSE_CAUSE);
        assertThat(finding(judge, 1, "", "fewshot4j: a fault of the program, x"))
                .isEqualTo(Finding.STACK_TRACE);
        assertThat(finding(judge, 134, "", "")).isEqualTo(Finding.JVM_CRASH);
        assertThat(finding(judge, Ran.HUNG, "", "")).isEqualTo(Finding.HANG);
    }

    private static Finding finding(Judge judge, int exit, String out, String err) {
        return judge.judge("try", new Ran(exit, out, err), out).finding();
    }

    @Test
    void a_changed_or_missing_file_is_lost() {
        assertThat(Judge.lost("try", Map.of("a", "1", "b", "2"), Map.of("a", "1", "b", "3"), List.of()))
                .map(Verdict::detail)
                .contains("[b]");
        assertThat(Judge.lost("try", Map.of("a", "1", "b", "2"), Map.of("a", "1", "c", "3"), List.of("b")))
                .isEmpty();
    }
}
