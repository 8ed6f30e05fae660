package io.fewshot4j.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Two images of 2x2 pixels as patches: one output position each, whose kernel lies one pixel above and left of the
 * image.
 */
final class SetInputTest {
    private static final float[] FIRST = {1, 2, 3, 4};
    private static final float[] SECOND = {5, 6, 7, 8};

    private static final ImageShape SHAPE = new ImageShape(2, 2, 1);
    private final Conv4 body =
            new Conv4(SHAPE, 1, Conv4.Downsampling.STRIDE, Conv4.Head.MEAN, ConvGeometry.Padding.TORCH, false, 1e-3);
    private final SetInput set = new SetInput("images", 2, body::encoding, 3);
    private final Program program = program();
    private final Executor executor = Executor.of(program, Map.of());

    private Program program() {
        Graph graph = new Graph();
        return Program.of(Map.of("sum", Ops.columnSum(set.images(graph))), DataType.FLOAT);
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private void feed(float[]... images) {
        float[] pixels = new float[images.length * 4];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(images[i], 0, pixels, 4 * i, 4);
        }
        set.feed(executor, List.of(new LabelledImages(SHAPE, pixels, new int[images.length])));
    }

    @Test
    void the_patches_of_images_follow_each_other_and_targets_that_no_one_reads_are_left_out() {
        feed(FIRST, SECOND);

        assertThat(Transfer.read(executor.input("images")))
                .containsExactly(0, 0, 0, 0, 1, 2, 0, 3, 4, 0, 0, 0, 0, 5, 6, 0, 7, 8);
    }

    @Test
    void fewer_or_more_images_than_the_graph_has_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> feed(FIRST))
                .withMessage("images must have 2 examples, got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> feed(FIRST, SECOND, FIRST))
                .withMessage("images must have 2 examples, got 3");
    }
}
