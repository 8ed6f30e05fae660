package io.fewshot4j.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fewshot4j.data.Split;
import io.fewshot4j.report.History;
import io.fewshot4j.report.SampleRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JsonTest {
    /** One of each kind that has a form of its own. */
    record Sample(Split split, Duration time, Path file, String text) {}

    @Test
    void constants_times_and_paths_have_plain_forms() throws IOException {
        JsonNode json = read(new Sample(Split.VALIDATION, Duration.ofMillis(1500), Path.of("a", "b"), "ཀ\n"));

        assertThat(json.get("split").asText()).isEqualTo("validation");
        assertThat(json.get("time").asDouble()).isEqualTo(1.5);
        assertThat(json.get("file").asText()).isEqualTo(Path.of("a", "b").toString());
        assertThat(json.get("text").asText()).isEqualTo("ཀ\n");
    }

    @Test
    void an_evaluation_says_its_protocol_and_leaves_single_episodes_out() throws IOException {
        JsonNode json = read(SampleRun.evaluation());

        assertThat(json.get("split").asText()).isEqualTo("test");
        assertThat(json.at("/shape/query").asInt()).isEqualTo(1);
        JsonNode mode = json.at("/modes/1");
        assertThat(mode.get("statistics").asText()).isEqualTo("support-and-one-query");
        assertThat(mode.get("transductive").asBoolean()).isFalse();
        assertThat(mode.at("/accuracy/mean").asDouble()).isEqualTo(0.9567);
        assertThat(mode.get("accuracyByStep")).hasSize(4);
        assertThat(mode.has("accuracyByEpisode")).isFalse();
    }

    @Test
    void a_report_has_its_settings_in_order_and_at_most_500_points() throws IOException {
        JsonNode json = read(SampleRun.report(3000));

        assertThat(json.at("/run/settings").fieldNames().next()).isEqualTo("preset");
        assertThat(json.at("/training/ended").asText()).isEqualTo("finished");
        assertThat(json.at("/training/updates")).hasSize(500);
        assertThat(json.at("/training/validations")).hasSize(10);
        assertThat(json.at("/episodes/0/answers")).hasSize(15);
    }

    @Test
    void printing_gives_one_document_in_utf8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Json.print(new PrintStream(bytes, false, StandardCharsets.US_ASCII), new History.Point(1, 2, 0.5, 0.25));
        Json.print(new PrintStream(bytes, false, StandardCharsets.US_ASCII), "±");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("{").endsWith("}\n\"±\"\n");
    }

    @Test
    void what_is_no_record_is_refused_by_name() {
        assertThatThrownBy(() -> Json.text(new Object())).hasMessage("cannot write java.lang.Object as JSON");
    }

    private static JsonNode read(Object document) throws IOException {
        return new ObjectMapper().readTree(Json.text(document));
    }
}
