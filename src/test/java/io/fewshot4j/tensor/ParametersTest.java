package io.fewshot4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

final class ParametersTest {
    private static final ParameterLayout LAYOUT =
            ParameterLayout.none().with("weight", 2, 3).with("bias", 3).with("scale");

    @Test
    void the_arrays_are_views_that_lie_one_after_another() {
        try (Parameters parameters = Parameters.zeros(LAYOUT, DataType.DOUBLE)) {
            parameters.get("bias").putScalar(1, 7);
            parameters.flat().putScalar(9, 8);

            assertThat(parameters.flat().toDoubleVector()).containsExactly(0, 0, 0, 0, 0, 0, 0, 7, 0, 8);
            assertThat(parameters.get("weight").shape()).containsExactly(2, 3);
            assertThat(parameters.get("scale").getDouble()).isEqualTo(8);
            assertThat(parameters.names()).containsExactly("weight", "bias", "scale");
            assertThat(parameters.layout()).isEqualTo(LAYOUT);
        }
    }

    @Test
    void a_copy_has_memory_of_its_own() {
        try (Parameters original = Parameters.zeros(LAYOUT, DataType.FLOAT);
                Parameters copy = original.copy()) {
            copy.flat().addi(1);
            assertThat(original.flat().sumNumber().doubleValue()).isZero();

            original.assign(copy);
            assertThat(original.flat().sumNumber().doubleValue()).isEqualTo(10);
        }
    }

    @Test
    void an_empty_layout_works_and_closes_twice() {
        Parameters nothing = Parameters.zeros(ParameterLayout.none(), DataType.FLOAT);
        nothing.close();
        nothing.close();

        assertThat(nothing.names()).isEmpty();
        assertThat(nothing.flat().wasClosed()).isTrue();
    }

    @Test
    void an_unknown_name_is_refused_with_the_known_ones() {
        try (Parameters parameters = Parameters.zeros(LAYOUT, DataType.FLOAT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parameters.get("gain"))
                    .withMessage("no parameter is called gain; there are [weight, bias, scale]");
        }
    }

    @Test
    void more_than_a_vector_can_hold_is_refused() {
        assertThatThrownBy(() -> Parameters.zeros(ParameterLayout.none().with("w", 1L << 20, 1L << 11), DataType.FLOAT))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "a model must have at most 2147483647 parameters, got 2147483648; lower what makes it wide, such as"
                                + " filters, or the size of its images");
        for (long[] shape : new long[][] {{1L << 31, 1L << 31, 9}, {1L << 32, 1L << 32}, {1L << 62, 2}}) {
            assertThatThrownBy(() ->
                            Parameters.zeros(ParameterLayout.none().with("v", 3).with("w", shape), DataType.FLOAT))
                    .hasMessageContaining(", got more than can be counted; ");
        }
    }

    @Test
    void values_of_another_layout_are_refused() {
        try (Parameters parameters = Parameters.zeros(LAYOUT, DataType.FLOAT);
                Parameters other = Parameters.zeros(ParameterLayout.none(), DataType.FLOAT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parameters.assign(other))
                    .withMessageStartingWith("layouts differ: ");
        }
    }
}
