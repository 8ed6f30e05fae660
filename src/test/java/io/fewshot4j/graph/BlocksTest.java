package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BlocksTest {
    /** Two tasks of 3x2, and a row that they share. */
    private static final double[] A = {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16};

    private static final double[] ROW = {8, 9};

    private final Graph graph = new Graph(2);
    private final Value a = graph.taskInput("a", 3, 2);
    private final Value row = graph.input("row", 1, 2);

    private static double[] of(Value value) {
        try (Calculator calculator = new Calculator(Map.of("value", value), Map.of("a", A, "row", ROW))) {
            return calculator.run().get("value");
        }
    }

    @Test
    void slices_are_cut_from_each_task() {
        assertThat(of(Blocks.rows(a, 1, 3))).containsExactly(3, 4, 5, 6, 13, 14, 15, 16);
        assertThat(of(Blocks.columns(a, 1, 2))).containsExactly(2, 4, 6, 12, 14, 16);
        assertThat(of(Blocks.columns(row, 0, 1))).containsExactly(8);
        assertThat(Blocks.rows(a, 0, 3)).isSameAs(a);
    }

    @Test
    void what_is_shared_is_joined_to_each_task() {
        assertThat(of(Blocks.concatenateRows(List.of(row, a))))
                .containsExactly(8, 9, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15, 16);
        assertThat(of(Blocks.concatenateColumns(List.of(Blocks.columns(a, 0, 1), Blocks.tile(row, 3)))))
                .containsExactly(1, 8, 9, 3, 8, 9, 5, 8, 9, 11, 8, 9, 13, 8, 9, 15, 8, 9);
        assertThat(Blocks.concatenateRows(List.of(a))).isSameAs(a);
    }

    @Test
    void runs_among_zeros_that_meet_are_joined() {
        Slices.Axis columns = Slices.Axis.COLUMNS;
        Value first = Ops.make(new Slices.Pad(columns, 0, 3), a);
        Value second = Ops.make(new Slices.Pad(columns, 2, 2), Blocks.columns(a, 0, 1));
        Value last = Ops.make(new Slices.Pad(columns, 3, 0), a);
        Value some = Ops.add(second, first);

        assertThat(some.op()).isEqualTo(new Slices.Pad(columns, 0, 2));
        assertThat(Ops.add(last, first).op()).isEqualTo(Elementwise.ADD);
        assertThat(of(Ops.add(some, last)))
                .containsExactly(
                        1, 2, 1, 1, 2, 3, 4, 3, 3, 4, 5, 6, 5, 5, 6, 11, 12, 11, 11, 12, 13, 14, 13, 13, 14, 15, 16, 15,
                        15, 16);
    }

    @Test
    void the_gradient_of_all_slices_is_what_they_got_side_by_side() {
        Value loss = Ops.add(
                Ops.sum(Ops.scale(Blocks.rows(a, 0, 1), 2)),
                Ops.add(Ops.sum(Ops.scale(Blocks.rows(a, 1, 2), 3)), Ops.sum(Ops.scale(Blocks.rows(a, 2, 3), 4))));

        assertThat(of(Gradients.of(loss, List.of(a)).get(0))).containsExactly(2, 2, 3, 3, 4, 4);
    }

    @Test
    void rows_are_repeated_one_by_one_or_all() {
        Value two = Blocks.rows(a, 0, 2);
        assertThat(of(Blocks.tile(two, 2))).containsExactly(1, 2, 3, 4, 1, 2, 3, 4, 11, 12, 13, 14, 11, 12, 13, 14);
        assertThat(of(Blocks.repeatRows(two, 1, 2)))
                .containsExactly(1, 2, 1, 2, 3, 4, 3, 4, 11, 12, 11, 12, 13, 14, 13, 14);
        assertThat(Blocks.tile(a, 1)).isSameAs(a);
    }

    @Test
    void each_task_is_transposed() {
        assertThat(of(Blocks.transpose(a))).containsExactly(1, 3, 5, 2, 4, 6, 11, 13, 15, 12, 14, 16);
        assertThat(of(Blocks.transpose(row))).containsExactly(8, 9);
    }

    @Test
    void what_does_not_fit_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blocks.rows(a, 2, 4))
                .withMessage("a slice must lie within 3x2, got Slice[axis=ROWS, from=2, to=4]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blocks.concatenateColumns(List.of(a, row)))
                .withMessage("what is joined must have equally many rows, got [3x2, 1x2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blocks.repeatRows(a, 2, 2))
                .withMessage("rows must come in runs of 2, got 3x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvGeometry(1, 3, 9, 1, 1, 4, 2, ConvGeometry.Padding.NONE))
                .withMessage("images must hold a kernel of 4x4 with padding none, got 3x9");
    }
}
