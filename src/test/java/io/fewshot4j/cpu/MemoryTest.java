package io.fewshot4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class MemoryTest {
    private final INDArray matrix = Nd4j.create(DataType.FLOAT, new long[] {2, 3}, 'c');

    @Test
    void matrices_are_held_in_c_order_alone_and_vectors_in_any() {
        assertThat(Memory.holds(List.of(matrix, matrix.reshape(6)))).isTrue();
        assertThat(Memory.holds(List.of(Nd4j.create(DataType.FLOAT, new long[] {6}, 'f'))))
                .isTrue();
        assertThat(Memory.holds(List.of(Nd4j.create(DataType.FLOAT, new long[] {2, 3}, 'f'))))
                .isFalse();
    }

    @Test
    void gaps_and_doubles_are_refused() {
        assertThat(Memory.holds(List.of(matrix.getColumn(1)))).isFalse();
        assertThat(Memory.holds(List.of(matrix.castTo(DataType.DOUBLE)))).isFalse();
    }
}
