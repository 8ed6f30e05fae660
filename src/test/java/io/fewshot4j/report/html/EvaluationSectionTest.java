package io.fewshot4j.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.learner.PredictionAxis;
import io.fewshot4j.report.SampleRun;
import io.fewshot4j.training.EvaluationResult;
import org.junit.jupiter.api.Test;

class EvaluationSectionTest {
    @Test
    void accuracies_stand_by_inner_step_or_by_instance() {
        EvaluationResult steps = SampleRun.evaluation();
        EvaluationResult instances = new EvaluationResult(
                EvaluationResult.OWN,
                steps.split(),
                steps.shape(),
                steps.episodes(),
                steps.seed(),
                steps.episodesHash(),
                PredictionAxis.INSTANCE,
                steps.modes());

        assertThat(EvaluationSection.of(steps))
                .contains("Accuracy by inner step: ", "the first row is before adaptation")
                .doesNotContain("instance");
        assertThat(EvaluationSection.of(instances))
                .contains("Accuracy by instance: ", "the first row is instance 1")
                .doesNotContain("step");
    }
}
