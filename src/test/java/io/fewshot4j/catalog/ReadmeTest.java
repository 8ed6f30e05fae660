package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.learner.LearnerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
    @Test
    void it_lists_every_learner() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(Catalog.LEARNERS)
                .extracting(LearnerSpec::name)
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }
}
