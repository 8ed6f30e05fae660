package io.fewshot4j.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.Provenance;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that a run must have in common with the training that resumes it. */
class ResumingTest {
    @TempDir
    private Path folder;

    @Test
    void other_data_or_another_seed_is_refused() {
        RunFolder run = RunFolder.create(folder);
        Runs.train(Runs.plan(2, 1), run);
        TrainingPlan<Episode, Learner> plan = Runs.plan(4, 1);

        assertThatThrownBy(() -> Runs.train(with(plan, new Provenance("", Map.of(), 1, "other", "")), run))
                .isInstanceOf(FewShotException.class)
                .hasMessage("the data must be the run's own, with fingerprint " + Runs.DATA.fingerprint()
                        + ", got other; resume with the data it was begun with");
        assertThatThrownBy(() ->
                        Runs.train(with(plan, new Provenance("", Map.of(), 2, Runs.DATA.fingerprint(), "")), run))
                .hasMessage("the seed must be the run's own, 1, got 2; resume with the seed it was begun with");
    }

    @Test
    void another_end_of_a_schedule_that_spans_training_is_refused() {
        RunFolder run = RunFolder.create(folder);
        TrainingPlan<Episode, Learner> plan = Runs.plan(2, 1);
        Runs.train(with(plan, iterations("2")), run);

        assertThatThrownBy(() -> Runs.train(with(Runs.plan(4, 1), iterations("4")), run))
                .isInstanceOf(FewShotException.class)
                .hasMessage("iterations must be the run's own, 2, got 4; resume with the settings it was begun with, or"
                        + " train in another folder");
    }

    private static Provenance iterations(String iterations) {
        return new Provenance("", Map.of("iterations", iterations), 1, Runs.DATA.fingerprint(), "");
    }

    private static TrainingPlan<Episode, Learner> with(TrainingPlan<Episode, Learner> plan, Provenance provenance) {
        return new TrainingPlan<>(
                plan.settings(), plan.optimizer(), provenance, plan.learners(), plan.tasks(), plan.validation());
    }
}
