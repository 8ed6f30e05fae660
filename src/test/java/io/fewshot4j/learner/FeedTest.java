package io.fewshot4j.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Plan;
import io.fewshot4j.graph.Program;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Two images of 2x2 pixels as patches: one output position each, whose kernel lies one pixel above and left of the image. */
final class FeedTest {
    private static final float[] FIRST = {1, 2, 3, 4};
    private static final float[] SECOND = {5, 6, 7, 8};

    private final Conv4 body =
            new Conv4(2, 2, 1, 1, Conv4.Downsampling.STRIDE, Conv4.Head.MEAN, ConvGeometry.Padding.TORCH, false, 1e-3);
    private final Program program = program();
    private final Executor executor = new Executor(program, Plan.of(program), Map.of());

    private Program program() {
        Graph graph = new Graph();
        return Program.of(Map.of("sum", Ops.columnSum(body.input(graph, "images", 2))), DataType.FLOAT);
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private void feed(float[]... tasks) {
        Feed.pixels(executor, "images", body.patches(), List.of(tasks));
    }

    @Test
    void the_patches_of_each_task_follow_each_other() {
        feed(FIRST, SECOND);

        assertThat(Transfer.read(executor.input("images")))
                .containsExactly(0, 0, 0, 0, 1, 2, 0, 3, 4, 0, 0, 0, 0, 5, 6, 0, 7, 8);
    }

    @Test
    void fewer_or_more_images_than_the_graph_has_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> feed(FIRST))
                .withMessage("images must have the patches of 2 images, got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> feed(FIRST, SECOND, FIRST))
                .withMessage("images must have the patches of 2 images, got 3");
    }
}
