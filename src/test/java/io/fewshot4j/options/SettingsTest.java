package io.fewshot4j.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fewshot4j.FewShotException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    public record Other(int steps, int way) {}

    public record Plain(int steps) {}

    public record Nested(Plain inner, int more) {
        public Nested {
            if (more < inner.steps) {
                throw new IllegalArgumentException("more must be at least steps " + inner.steps + ", got " + more);
            }
        }
    }

    public record Unsupported(float value) {}

    private record Hidden(int steps) {}

    private static Sample bind(String... pieces) {
        return Settings.parse(List.of(pieces)).bind(Sample.DEFAULTS);
    }

    @Test
    void a_record_becomes_kebab_keys_in_order() {
        assertThat(Settings.of(Sample.DEFAULTS))
                .hasToString(
                        "{way=5, inner-learning-rate=0.4, seed=1, clipped=false, note=none, pooling=stride, rotations=0,90, rates=0.5,0.0001}");
    }

    @Test
    void a_record_survives_the_way_to_text_and_back() {
        var sample = new Sample(
                20, 1e-8, 1L << 60, true, "a b", Sample.Pooling.MAX_POOL, List.of(-1), List.of(1e22, 60000.0));
        assertThat(Settings.of(sample).bind(Sample.DEFAULTS)).isEqualTo(sample);
    }

    @Test
    void a_record_within_a_record_gives_keys_beside_the_others() {
        Nested defaults = new Nested(new Plain(1), 2);

        assertThat(Settings.of(defaults)).hasToString("{steps=1, more=2}");
        assertThat(Settings.parse(List.of("steps=2", "more=3")).bind(defaults)).isEqualTo(new Nested(new Plain(2), 3));
        assertThatThrownBy(() -> Settings.parse(List.of("steps=3")).bind(defaults))
                .isInstanceOf(FewShotException.class)
                .hasMessage("more must be at least steps 3, got 2");
        assertThat(Option.of(defaults)).extracting(Option::key).containsExactly("steps", "more");
    }

    @Test
    void given_values_replace_defaults_and_foreign_keys_are_left_alone() {
        Sample bound = bind("pooling=max-pool", "inner-learning-rate = 2", "foreign=1", "rotations=0, 180", "rates=");
        assertThat(bound)
                .isEqualTo(new Sample(5, 2, 1, false, "none", Sample.Pooling.MAX_POOL, List.of(0, 180), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "way=5.0            | way must be a whole number, got \"5.0\"",
                "way=               | way must be a whole number, got \"\"",
                "way=null           | way must be a whole number, got \"null\"",
                "seed=1e3           | seed must be a whole number, got \"1e3\"",
                "inner-learning-rate=NaN | inner-learning-rate must be a number, got \"NaN\"",
                "inner-learning-rate=1e999 | inner-learning-rate must be a number, got \"1e999\"",
                "clipped=yes        | clipped must be true or false, got \"yes\"",
                "pooling=MAX_POOL   | pooling must be one of stride, max-pool, got \"MAX_POOL\"",
                "rotations=0,x      | rotations must be whole numbers with commas between, got \"0,x\"",
                "rotations=0,,1     | rotations must be whole numbers with commas between, got \"0,,1\"",
                "rates=a            | rates must be numbers with commas between, got \"a\""
            })
    void a_wrong_value_names_key_rule_and_value(String piece, String message) {
        assertThatThrownBy(() -> bind(piece))
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }

    @Test
    void what_the_record_objects_to_is_said_with_the_kebab_key() {
        assertThatThrownBy(() -> bind("inner-learning-rate=-1"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("inner-learning-rate must be above 0, got -1.0");
        assertThatThrownBy(() -> bind("way=1")).hasMessage("way must be at least 2, got 1");
    }

    @Test
    void an_objection_that_names_no_key_is_preceded_by_the_values_given() {
        assertThatThrownBy(() -> bind("rotations=", "foreign=2", "way=3"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("way=3, rotations=: an empty list is of no use");
    }

    @Test
    void any_other_exception_of_a_record_is_a_programming_error() {
        assertThatThrownBy(() -> bind("seed=-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_component_of_another_type_is_a_programming_error() {
        assertThatThrownBy(() -> Settings.of(new Unsupported(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("type float");
    }

    @ParameterizedTest
    @ValueSource(strings = {"way", "", "Way=5", "=5", "inner_steps=5", "-way=5", "way-=5"})
    void a_bad_piece_is_named(String piece) {
        assertThatThrownBy(() -> Settings.parse(List.of("shot=1", piece)))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining('"' + piece.replaceFirst("(?<=.)=.*|^=.*", "") + '"');
    }

    @Test
    void a_key_given_twice_is_refused() {
        assertThatThrownBy(() -> Settings.parse(List.of("way=5", "way=6")))
                .hasMessage("way must be set once, got it again in \"way=6\"");
    }

    @Test
    void only_the_first_equals_sign_divides() {
        assertThat(Settings.parse(List.of("note=a=b")).get("note")).contains("a=b");
    }

    @Test
    void an_unknown_key_is_an_error_that_names_the_nearest() {
        Settings settings = Settings.parse(List.of("steps=1", "inner-lr=5"));
        assertThatThrownBy(() -> settings.requireKnown(List.of(Sample.DEFAULTS, new Plain(1))))
                .isInstanceOf(FewShotException.class)
                .hasMessage("there is no setting inner-lr; did you mean inner-learning-rate?");
        Settings.of(Sample.DEFAULTS).requireKnown(List.of(new Plain(1), Sample.DEFAULTS));
    }

    @Test
    void a_key_that_two_records_share_is_a_programming_error() {
        assertThatThrownBy(() -> Settings.none().requireKnown(List.of(Sample.DEFAULTS, new Other(1, 2))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two settings records have the key way");
    }

    @Test
    void overlaying_keeps_the_order_of_the_first() {
        Settings one = Settings.parse(List.of("way=5", "shot=1"));
        Settings two = Settings.parse(List.of("query=3", "way=20"));
        assertThat(one.with(two)).hasToString("{way=20, shot=1, query=3}");
        assertThat(one.with(two).without(List.of("shot")).keys()).containsExactly("way", "query");
        assertThat(one).hasToString("{way=5, shot=1}");
    }

    @Test
    void json_is_one_flat_object_that_reads_back_the_same() throws Exception {
        Settings settings = Settings.parse(List.of(
                "way=5", "rate=0.4", "small=1E-8", "odd=1e-8", "zeros=007", "flag=true", "name=max-pool", "list=1,2"));
        ObjectMapper json = new ObjectMapper();
        String text = json.writeValueAsString(settings);
        assertThat(text)
                .isEqualTo("{\"way\":5,\"rate\":0.4,\"small\":1E-8,\"odd\":\"1e-8\",\"zeros\":\"007\",\"flag\":true,"
                        + "\"name\":\"max-pool\",\"list\":\"1,2\"}");
        assertThat(json.readValue(text, Settings.class)).isEqualTo(settings).hasSameHashCodeAs(settings);
    }

    @Test
    void a_map_with_a_key_that_is_not_kebab_case_is_refused() {
        assertThatThrownBy(() -> Settings.of(Map.of("innerSteps", "1"))).hasMessageContaining("\"innerSteps\"");
    }

    @Test
    void options_say_key_type_default_and_description() {
        assertThat(Option.of(Sample.DEFAULTS))
                .contains(
                        new Option("way", "a whole number", "5", "Classes of an episode, at least 2"),
                        new Option("pooling", "one of stride, max-pool", "stride", ""))
                .hasSize(8);
    }

    @Test
    void a_record_that_is_not_public_is_refused() {
        assertThatThrownBy(() -> Settings.of(new Hidden(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("settings must be a public record, got " + Hidden.class.getName()
                        + "; make it public, or its components cannot be read and set");
    }
}
