package io.fewshot4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void commas_quotes_and_line_ends_read_back() {
        String text = new Csv("name", "value").row("a,\"b\"\nc", 0.1).row("", 2).toString();

        assertThat(text).isEqualTo("name,value\n\"a,\"\"b\"\"\nc\",0.1\n,2\n");
        assertThat(Csv.parse(text))
                .containsExactly(List.of("name", "value"), List.of("a,\"b\"\nc", "0.1"), List.of("", "2"));
    }

    @Test
    void a_text_that_a_spreadsheet_would_compute_is_kept_a_text() {
        String text = new Csv("a", "b", "c").row("=1+2", "@x,y", -0.5).toString();

        assertThat(text).isEqualTo("a,b,c\n'=1+2,\"'@x,y\",-0.5\n");
        assertThat(Csv.parse(text)).contains(List.of("=1+2", "@x,y", "-0.5"));
        assertThat(Csv.parse(new Csv("a").row("'=1").row("'plain").toString()))
                .containsExactly(List.of("a"), List.of("'=1"), List.of("'plain"));
    }

    @Test
    void line_ends_of_windows_are_read() {
        assertThat(Csv.parse("a,b\r\n1,2\r\n")).containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    @Test
    void a_last_row_without_a_line_end_is_read() {
        assertThat(Csv.parse("a,b\n1,2")).containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    @Test
    void a_row_of_another_length_is_refused() {
        assertThatThrownBy(() -> new Csv("a", "b").row(1)).hasMessage("a row must have 2 cells, got 1");
    }

    @Test
    void texts_that_a_spreadsheet_would_take_for_a_formula_begin_with_an_apostrophe() {
        assertThat(new Csv("=a", "b").row("@SUM(1)", -1.5).row("+1", "=1+1,2").toString())
                .isEqualTo("'=a,b\n'@SUM(1),-1.5\n'+1,\"'=1+1,2\"\n");
    }

    @Test
    void what_would_steer_a_terminal_is_not_printed() {
        assertThat(Words.printable("a\u001b[31m\u009b2J\rb\n\tc\u202e ä ± 日本")).isEqualTo("a?[31m?2J?b\n\tc? ä ± 日本");
    }
}
