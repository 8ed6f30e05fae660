package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fewshot4j.learner.GradientCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Every learner's meta-gradient against central differences. */
final class MetaGradientTest {
    private static final double LIMIT = 1e-6;

    @ParameterizedTest
    @CsvSource({
        "maml, stride, 1, 2",
        "maml, stride, 3, 2",
        "maml, max-pool, 1, 2",
        "maml, max-pool, 3, 2",
        "fomaml, stride, 3, 1",
        "fomaml, max-pool, 1, 1",
        "anil, stride, 3, 2",
        "anil, max-pool, 1, 2",
        "metasgd, stride, 1, 2",
        "metasgd, max-pool, 2, 2",
        "metasgd, stride, 2, 1",
        "mamlpp, stride, 2, 2",
        "mamlpp, max-pool, 1, 2",
        "mamlpp, stride, 2, 1",
        "metalstm, stride, 2, 1",
        "metalstm, max-pool, 2, 2",
        "mann, stride, 1, 2",
        "metanet, stride, 1, 1",
        "metanet, stride, 1, 2",
        "protonet, stride, 1, 2",
        "protonet, max-pool, 1, 2",
        "baseline, stride, 1, 2",
        "baseline, max-pool, 1, 2"
    })
    void it_agrees_with_central_differences(String learner, String pooling, int steps, int order) {
        try (SmallRun run = new SmallRun(
                Catalog.learner(learner),
                1,
                DataType.DOUBLE,
                "filters=2",
                "pooling=" + pooling,
                "inner-steps=" + steps,
                "test-inner-steps=" + steps,
                "order=" + order)) {
            byte[] model = run.bits();
            List<GradientCheck.Row> rows = GradientCheck.compare(run.learner(), List.of(SmallRun.training(0)), 1, 1);

            assertThat(rows).allSatisfy(row -> assertThat(row.error()).isLessThan(LIMIT));
            assertThat(rows)
                    .extracting(GradientCheck.Row::parameter)
                    .isEqualTo(run.model().parameters().names());
            assertThat(run.bits()).isEqualTo(model);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "protonet, distance=cosine",
        "matching, scoring=cosine-sums",
        "matching, full-context=true",
        "matching, full-context=true reading=added read-steps=2",
        "relation, relation-units=3",
        "r2d2, ridge=0.5 logit-scale=2",
        "siamese, several-shots=mean",
        "siamese, balanced-pairs=true"
    })
    void that_of_a_metric_learner_does(String learner, String settings) {
        String[] all = ("filters=2 " + settings).split(" ");
        try (SmallRun run = new SmallRun(Catalog.learner(learner), 1, DataType.DOUBLE, all)) {
            assertThat(GradientCheck.compare(run.learner(), List.of(SmallRun.training(0)), 2, 1))
                    .allSatisfy(row -> assertThat(row.error()).isLessThan(LIMIT));
        }
    }

    @Test
    void single_precision_is_refused() {
        try (SmallRun run = new SmallRun(Catalog.learner("maml"), 1, DataType.FLOAT, "filters=2")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GradientCheck.compare(run.learner(), List.of(SmallRun.training(0)), 1, 1))
                    .withMessage("gradients are checked in double, got FLOAT");
        }
    }
}
