package io.fewshot4j.learner.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

final class HeadTest {
    private static final Head COSINE = new Head.Cosine(2, 2, 3);

    @Test
    void cosine_scores_are_scale_times_length_times_cosine_and_0_for_features_of_0() {
        try (Parameters head = Parameters.zeros(COSINE.layout(), DataType.DOUBLE)) {
            // class weights (3, 4), (-1, 0), (0, 2)
            Transfer.write(new double[] {3, -1, 0, 4, 0, 2}, head.get(Headed.WEIGHT));
            Transfer.write(new double[] {1, 0.5, 3}, head.get(Head.Cosine.LENGTH));

            assertThat(scores(head, 4, 3, 0, 0))
                    .containsExactly(
                            new double[] {2 * 24 / 25.0, -2 * 0.5 * 4 / 5, 2 * 3 * 3 / 5.0, 0, 0, 0}, within(1e-9));
        }
    }

    private static double[] scores(Parameters head, double... features) {
        Graph graph = new Graph();
        Program program = Program.of(
                Map.of("scores", COSINE.forward(graph.inputs(head.layout()), graph.input("features", 2, 2))),
                DataType.DOUBLE);
        Map<String, INDArray> arrays =
                Map.of(Headed.WEIGHT, head.get(Headed.WEIGHT), Head.Cosine.LENGTH, head.get(Head.Cosine.LENGTH));
        try (Executor executor = Executor.of(program, arrays)) {
            Transfer.write(features, executor.input("features"));
            executor.run();
            return Transfer.read(executor.output("scores"));
        }
    }

    @Test
    void cosine_heads_begin_with_the_lengths_of_their_weights_and_restart_the_same() {
        try (Parameters head = Parameters.zeros(COSINE.layout(), DataType.DOUBLE)) {
            COSINE.restart(head);
            double[] first = Transfer.read(head.flat());
            COSINE.initialise(head, new Random(2));
            double[] weights = Transfer.read(head.get(Headed.WEIGHT));
            double[] lengths = Transfer.read(head.get(Head.Cosine.LENGTH));
            for (int label = 0; label < 3; label++) {
                assertThat(lengths[label]).isCloseTo(Math.hypot(weights[label], weights[3 + label]), within(1e-12));
            }
            assertThat(Transfer.read(head.flat())).isNotEqualTo(first);
            COSINE.restart(head);
            assertThat(Transfer.read(head.flat())).isEqualTo(first);
        }
    }
}
