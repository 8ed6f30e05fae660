package io.fewshot4j.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.CommandRun;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GradcheckCommandTest {
    private static CommandRun check(String... words) throws ParseException {
        List<String> line = new ArrayList<>(List.of("--entries", "1"));
        line.addAll(List.of(words));
        line.addAll(List.of("--set", "filters=2", "image-size=16", "way=2", "query=1", "meta-batch=1"));
        return CommandRun.of(new GradcheckCommand(), line.toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"maml", "fomaml", "anil", "metasgd", "protonet"})
    void every_learners_gradient_is_right(String learner) throws ParseException {
        CommandRun run = check("--learner", learner);

        assertThat(run.out()).contains("conv0.weight", learner + ": largest relative error", "within the tolerance");
        assertThat(run.code()).isZero();
        assertThat(run.err()).startsWith("computes with ND4J CPU").contains("\nchecking: ");
    }

    @Test
    void other_settings_are_checked_and_reported() throws ParseException {
        CommandRun run = check("--set", "inner-steps=2", "pooling=max-pool", "head=flatten", "--json");

        JsonNode json = run.json();
        assertThat(run.code()).isZero();
        assertThat(json.get("ok").asBoolean()).isTrue();
        assertThat(json.get("error").asDouble()).isBetween(0.0, 1e-6);
        assertThat(json.get("settings").get("inner-steps").asInt()).isEqualTo(2);
        assertThat(json.get("settings").get("pooling").asText()).isEqualTo("max-pool");
        assertThat(json.get("parameters").get(0).get("checked").asInt()).isEqualTo(1);
    }

    @Test
    void an_error_over_the_tolerance_fails() throws ParseException {
        CommandRun run = check("--tolerance", "1e-30");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("over the tolerance 1.0e-30");
    }

    @Test
    void the_episodes_are_drawn() {
        assertThatThrownBy(() -> check("--set", "dataset=omniglot"))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("dataset must be glyphs for a gradient check, got omniglot; leave it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "small"})
    void the_tolerance_must_be_a_number_above_0(String tolerance) {
        assertThatThrownBy(() -> check("--tolerance", tolerance))
                .isInstanceOf(ParseException.class)
                .hasMessage("--tolerance must be a number above 0, got " + tolerance);
    }
}
