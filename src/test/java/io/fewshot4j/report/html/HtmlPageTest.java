package io.fewshot4j.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.report.EpisodePicture;
import io.fewshot4j.report.History;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.report.SampleRun;
import io.fewshot4j.report.table.Json;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.TrainingEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlPageTest {
    private static final RunReport REPORT = SampleRun.report(3000);
    private static final String PAGE = HtmlPage.of(REPORT);

    @Test
    void it_shows_every_figure_of_the_json() throws IOException {
        String shown = Pattern.compile("data:image[^\"]*|<svg.*?</svg>", Pattern.DOTALL)
                .matcher(PAGE)
                .replaceAll("")
                .replace("<wbr>", "");
        List<String> missing = new ArrayList<>();

        eachLeaf("", new ObjectMapper().readTree(Json.text(REPORT)), (path, leaf) -> {
            if (forms(path, leaf).stream().noneMatch(shown::contains)) {
                missing.add(path + " = " + leaf);
            }
        });

        assertThat(missing).isEmpty();
    }

    @Test
    void it_loads_nothing_from_elsewhere() {
        String elsewhere = "https?:|//www|<script|<link|@import|url\\((?!#)";
        assertThat(Pattern.compile(elsewhere).matcher(PAGE).results().map(MatchResult::group))
                .isEmpty();
        assertThat(PAGE).contains("default-src 'none'");
        assertThat(Pattern.compile("(?:src|href)=\"([^\"]{0,22})").matcher(PAGE).results())
                .isNotEmpty()
                .allMatch(match -> match.group(1).equals("data:image/png;base64,"));
    }

    @Test
    void special_characters_are_escaped() {
        assertThat(PAGE)
                .contains("&lt;script&gt;alert(1)&lt;/<wbr>script&gt;", "A &amp; &quot;B&quot; &#39;C&#39;")
                .contains("a &lt;b&gt; &amp; &quot;c&quot;")
                .doesNotContain("alert(1)</script>");
    }

    @Test
    void it_says_what_was_measured_and_how() {
        assertThat(PAGE)
                .contains("600 episodes with 1 query image per class from the test classes; chance is 20.0 %.")
                .contains("<strong>transductive</strong>: all queries of an episode normalised together")
                .contains("<strong>inductive</strong>: each query alone, normalised with the support set");
    }

    @Test
    void every_image_has_a_text_and_every_chart_a_label() {
        assertThat(count("<img ")).isEqualTo(count(" alt=\"")).isEqualTo(8 + 15);
        assertThat(count("<svg "))
                .isEqualTo(count(" role=\"img\" aria-label=\""))
                .isEqualTo(6);
        assertThat(PAGE).contains("query image of Greek/alpha, predicted Tibetan/ཀ with 92.0 %, wrong");
    }

    @Test
    void wrong_answers_are_marked() {
        assertThat(count("<figure class=\"wrong\">")).isEqualTo(2);
        assertThat(PAGE).contains("Queries: 13 of 15 right", "✗ Tibetan/<wbr>ཀ", "true: Greek/<wbr>alpha");
    }

    @Test
    void ids_are_unique_and_elements_balanced() {
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(PAGE)
                .results()
                .map(m -> m.group(1))
                .toList();

        assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
        for (String name :
                Set.of("section", "div", "figure", "table", "tr", "td", "th", "p", "dl", "svg", "g", "span")) {
            assertThat(count("<" + name + "[ >]")).as(name).isEqualTo(count("</" + name + ">"));
        }
    }

    @Test
    void it_is_the_same_every_time() {
        assertThat(HtmlPage.of(SampleRun.report(20))).isEqualTo(HtmlPage.of(SampleRun.report(20)));
    }

    @Test
    void of_many_queries_some_are_shown() {
        EpisodePicture picture = SampleRun.picture(new ImageShape(28, 28, 3), 20);

        assertThat(EpisodeSection.of(picture)).contains("of 100 right (60 shown)");
    }

    @Test
    void a_run_without_training_evaluation_or_pictures_has_a_page_too() {
        String bare = HtmlPage.of(new RunReport(SampleRun.facts(), new History(), List.of(), List.of()));

        assertThat(bare).contains("Settings in force").doesNotContain("Learning curve", "<svg", "<img");
    }

    @Test
    void a_method_without_inner_steps_has_a_table_only() {
        EvaluationResult one = SampleRun.evaluation(SampleRun.mode(BatchStatistics.RUNNING, 0.9712));

        assertThat(EvaluationSection.of(one))
                .contains("<h2>Accuracy: test, 5-way 1-shot</h2>", "This method has no inner steps.")
                .contains("<strong>inductive</strong>: each query alone, normalised with averages from training")
                .contains("97.12 ± 0.67")
                .doesNotContain("<svg", "step 0");
    }

    @Test
    void two_inductive_modes_are_told_apart() {
        EvaluationResult two = SampleRun.evaluation(
                SampleRun.mode(BatchStatistics.RUNNING, 0.2, 0.9),
                SampleRun.mode(BatchStatistics.SUPPORT_AND_ONE_QUERY, 0.2, 0.8));

        assertThat(EvaluationSection.of(two))
                .contains("<th scope=\"col\">running</th>", "<th scope=\"col\">support-and-one-query</th>");
    }

    @Test
    void a_curve_of_one_update_is_drawn_even_if_its_loss_is_infinite() {
        History history = new History();
        history.on(new TrainingEvent.Updated(1, Double.POSITIVE_INFINITY, 0.2, 1e-3, 0.1));

        assertThat(CurveSection.of(history)).contains("<svg", "Training stood at iteration 1.");
    }

    private long count(String pattern) {
        return Pattern.compile(pattern).matcher(PAGE).results().count();
    }

    private static void eachLeaf(String path, JsonNode node, BiConsumer<String, JsonNode> use) {
        if (node.isObject()) {
            node.properties().forEach(e -> eachLeaf(path + "/" + e.getKey(), e.getValue(), use));
        } else if (node.isArray()) {
            node.forEach(child -> eachLeaf(path, child, use));
        } else if (!node.isBoolean() && !path.endsWith("/ended")) {
            use.accept(path, node);
        }
    }

    private static List<String> forms(String path, JsonNode leaf) {
        if (path.endsWith("/wallTime")) {
            return List.of("1:02:03");
        }
        if (!leaf.isNumber()) {
            return List.of(Html.escape(leaf.asText()));
        }
        if (leaf.isIntegralNumber()) {
            return List.of(Numbers.count(leaf.asLong()), leaf.asText());
        }
        double value = leaf.asDouble();
        if (path.endsWith("/loss")) {
            return List.of(String.format(Locale.ROOT, "%.4f", value));
        }
        String digits = path.startsWith("/training/updates") ? "%.4f" : path.endsWith("probability") ? "%.1f" : "%.2f";
        return List.of(String.format(Locale.ROOT, digits, 100 * value));
    }
}
