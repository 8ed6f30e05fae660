package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static io.fewshot4j.cli.CommandLines.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void train_two_runs() {
        run("train", "--preset", "demo", "--out", folder.resolve("slow"), tiny(4), "meta-learning-rate=0.0001");
        run("train", "--preset", "demo", "--out", folder.resolve("fast"), tiny(4), "shot=2");
    }

    @Test
    void runs_are_shown_side_by_side_with_the_settings_that_differ() throws IOException {
        Path page = folder.resolve("pages/rates.html");

        Outcome outcome = run("compare", folder.resolve("slow"), folder.resolve("fast"), "--out", page);

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .containsPattern("(?m)^run +iterations +best validation +at iteration +last validation$")
                .containsPattern("(?m)^slow +4 +\\d+\\.\\d\\d ± ")
                .contains("\nmeta-learning-rate: 0.0001, 0.003\n", "page: " + page)
                .contains("note: the runs were not validated alike, they differ in shot\n");
        assertThat(page)
                .content()
                .contains("2 runs compared", "var(--first)", "var(--second)", ">meta-learning-rate<", "0.0001");
    }

    @Test
    void json_has_the_validations_of_each_run() throws IOException {
        JsonNode json = run(
                        "compare",
                        folder.resolve("slow"),
                        folder.resolve("fast"),
                        "--json",
                        "--out",
                        folder.resolve("c.html"))
                .json();

        assertThat(json.path("runs").path(1).path("validations").findValuesAsText("iteration"))
                .containsExactly("2", "4");
        assertThat(json.path("differences").path("shot").path(1).asText()).isEqualTo("2");
    }

    @Test
    void one_run_cannot_be_compared() {
        Path slow = folder.resolve("slow");

        assertThat(run("compare", slow).err())
                .isEqualTo("fewshot4j: there must be two runs or more to compare, got 1; see fewshot4j compare"
                        + " --help\n");
        assertThat(run("compare", slow, slow).err()).startsWith("fewshot4j: each run must be given once, got ");
    }
}
