package io.fewshot4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

final class TransferTest {
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void what_is_written_is_read(DataType type) {
        INDArray array = Nd4j.create(type, 2, 3);

        Transfer.write(new float[] {1, -2, 3, -4, 5, -6.5f}, array);
        assertThat(Transfer.read(array)).containsExactly(1, -2, 3, -4, 5, -6.5);
        Transfer.write(new double[] {6, 5, 4, 3, 2, 1.25}, array);
        assertThat(array.toDoubleMatrix()).isEqualTo(new double[][] {{6, 5, 4}, {3, 2, 1.25}});
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void some_entries_are_written_from_an_offset_on(DataType type) {
        INDArray array = Nd4j.create(type, 2, 3);

        Transfer.write(new float[] {7, 8}, array, 2);

        assertThat(Transfer.read(array)).containsExactly(0, 0, 7, 8, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transfer.write(new float[] {7, 8}, array, 5))
                .withMessage("the target must hold 2 values from 5 on, got room for 6");
    }

    @Test
    void a_part_of_a_vector_is_written_and_read_alone() {
        INDArray flat = Nd4j.create(DataType.FLOAT, 5);
        INDArray part = flat.get(NDArrayIndex.interval(1, 3)).reshape('c', 1, 2);

        Transfer.write(new float[] {7, 8}, part);

        assertThat(Transfer.read(flat)).containsExactly(0, 7, 8, 0, 0);
        assertThat(Transfer.read(part)).containsExactly(7, 8);
    }

    @Test
    void other_orders_are_read_in_c_order() {
        INDArray array = Nd4j.createFromArray(new double[][] {{1, 2, 3}, {4, 5, 6}});

        assertThat(Transfer.read(array.transpose())).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Transfer.read(array.getColumn(1))).containsExactly(2, 5);
        assertThat(Transfer.read(array.dup('f'))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Transfer.read(Nd4j.scalar(2.5))).containsExactly(2.5);
    }

    @Test
    void only_real_numbers_become_doubles() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transfer.read(Nd4j.createFromArray(1, 2)))
                .withMessage("values must be FLOAT or DOUBLE, got INT");
    }

    @Test
    void other_lengths_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transfer.write(new float[2], Nd4j.create(DataType.FLOAT, 3)))
                .withMessage("the target must hold 2 values, got room for 3");
    }
}
