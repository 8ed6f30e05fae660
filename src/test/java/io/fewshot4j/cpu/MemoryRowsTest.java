package io.fewshot4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

final class MemoryRowsTest {
    /**
     * Before, at and past the offsets where ND4J's own rows of a view are empty: half the view's length to all of it.
     */
    static Stream<Arguments> views() {
        return Stream.of(0, 1, 49, 50, 51, 99, 100, 250)
                .flatMap(offset -> Stream.of(
                                new long[] {100}, new long[] {10, 10}, new long[] {5, 5, 4}, new long[] {2, 5, 5, 2})
                        .map(shape -> Arguments.of(offset, shape)));
    }

    @ParameterizedTest
    @MethodSource("views")
    void rows_of_a_view_are_its_rows_wherever_it_lies_in_the_arena(int offset, long[] shape) {
        INDArray arena = Nd4j.arange(400).castTo(DataType.FLOAT);
        INDArray view = arena.get(NDArrayIndex.interval(offset, offset + 100)).reshape('c', true, shape);
        long half = shape[0] / 2;
        long row = 100 / shape[0];

        assertThat(numbers(Memory.rows(view, 0, half))).isEqualTo(sequence(offset, half * row));
        assertThat(numbers(Memory.rows(view, half, shape[0])))
                .isEqualTo(sequence(offset + half * row, 100 - half * row));

        Memory.rows(view, half, shape[0]).assign(-1);
        assertThat(arena.getFloat(offset + half * row)).isEqualTo(-1);
        assertThat(arena.getFloat(offset + half * row - 1)).isEqualTo((float) (offset + half * row - 1));
    }

    private static float[] numbers(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    private static float[] sequence(long first, long length) {
        float[] numbers = new float[Math.toIntExact(length)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (first + i);
        }
        return numbers;
    }
}
