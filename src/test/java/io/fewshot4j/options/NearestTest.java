package io.fewshot4j.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
    private static final List<String> KNOWN =
            List.of("way", "shot", "query", "inner-learning-rate", "inner-steps", "meta-batch", "pooling");

    @ParameterizedTest
    @CsvSource({
        "wya,way",
        "shots,shot",
        "inner-lr,inner-learning-rate",
        "innersteps,inner-steps",
        "batch,meta-batch",
        "polling,pooling"
    })
    void a_slip_or_a_short_form_finds_its_word(String typed, String meant) {
        assertThat(Nearest.to(typed, KNOWN)).contains(meant);
    }

    @Test
    void a_word_like_none_gets_the_whole_list() {
        assertThat(Nearest.hint("zzz", List.of("way", "shot"))).isEqualTo("; there are: way, shot");
    }
}
