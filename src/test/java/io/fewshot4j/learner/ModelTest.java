package io.fewshot4j.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

final class ModelTest {
    private static Parameters zeros() {
        return Parameters.zeros(ParameterLayout.none().with("weight", 2), DataType.FLOAT);
    }

    @Test
    void a_copy_has_memory_of_its_own() {
        try (Model model = new Model(zeros(), zeros());
                Model copy = model.copy()) {
            copy.parameters().flat().addi(1);
            copy.statistics().flat().addi(2);

            assertThat(model.parameters().flat().toFloatVector()).containsExactly(0, 0);
            assertThat(model.statistics().flat().toFloatVector()).containsExactly(0, 0);
        }
    }

    @Test
    void closing_frees_parameters_and_statistics() {
        Model model = new Model(zeros(), zeros());
        model.close();

        assertThat(model.parameters().flat().wasClosed()).isTrue();
        assertThat(model.statistics().flat().wasClosed()).isTrue();
    }

    @Test
    void a_meta_gradient_owns_its_arrays() {
        MetaGradient gradient = new MetaGradient(4, 1.5, 0.25, zeros(), zeros());
        gradient.close();

        assertThat(gradient.gradient().flat().wasClosed()).isTrue();
        assertThat(gradient.statistics().flat().wasClosed()).isTrue();
    }
}
