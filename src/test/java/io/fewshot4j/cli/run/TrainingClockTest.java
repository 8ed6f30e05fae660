package io.fewshot4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.training.StopSignal;
import io.fewshot4j.training.TrainingEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingClockTest {
    @TempDir
    private Path run;

    private final AtomicLong now = new AtomicLong();

    private TrainingClock clock(double budget) {
        return new TrainingClock(run, budget, new StopSignal(), () -> Instant.ofEpochSecond(now.get()));
    }

    @Test
    void the_time_of_all_parts_counts_but_not_what_lies_between_or_what_a_crash_undoes() {
        TrainingClock first = clock(0);
        now.set(100);
        first.on(new TrainingEvent.Started(0, 9, 1));
        now.set(107);
        first.on(new TrainingEvent.Saved(5, run));
        now.set(109);
        first.on(new TrainingEvent.Updated(6, 0, 0, 0, 0));
        assertThat(first.seconds()).isEqualTo(9);
        assertThat(first.isUsedUp()).isFalse();

        TrainingClock second = clock(8);
        assertThat(second.seconds()).isEqualTo(7);
        now.set(200);
        second.on(new TrainingEvent.Started(5, 9, 1));
        assertThat(second.isUsedUp()).isFalse();
        now.set(201);
        second.on(new TrainingEvent.Updated(6, 0, 0, 0, 0));
        assertThat(second.isUsedUp()).isTrue();
    }

    @Test
    void a_file_that_holds_no_number_is_named() throws Exception {
        Files.writeString(run.resolve("training-seconds.txt"), "soon");

        assertThatThrownBy(() -> clock(0)).hasMessageContaining("training-seconds.txt must hold the seconds");
    }
}
