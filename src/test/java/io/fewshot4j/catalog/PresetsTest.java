package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.GlyphsSettings;
import io.fewshot4j.data.OmniglotSettings;
import io.fewshot4j.learner.gradient.Maml;
import io.fewshot4j.learner.metric.ProtoNet;
import io.fewshot4j.options.Settings;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PresetsTest {
    @Test
    void every_file_is_listed() throws Exception {
        URL demo = Objects.requireNonNull(Presets.class.getResource("/io/fewshot4j/presets/demo.yaml"));
        Path folder = Objects.requireNonNull(Path.of(demo.toURI()).getParent());
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file)
                                    .toString()
                                    .replace('\\', '/')
                                    .replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(Presets.names());
        }
    }

    @ParameterizedTest
    @MethodSource("io.fewshot4j.catalog.Presets#all")
    void a_preset_says_what_it_is_and_agrees_with_its_name(Preset preset) {
        assertThat(preset.title()).isNotEmpty();
        assertThat(preset.published()).isNotEmpty();
        assertThat(preset.source()).isNotEmpty();
        assertThat(preset.settings().keys()).doesNotContain("title", "published", "source", "notes");
        if (!preset.name().equals("demo")) {
            Settings s = preset.settings();
            assertThat(preset.name())
                    .endsWith("/" + s.get("dataset").orElseThrow() + "-"
                            + s.get("way").orElseThrow() + "way-"
                            + s.get("shot").orElseThrow() + "shot");
        }
    }

    /** The inner learning rate is for a mean loss: the paper's code sums over the classes, so 0.4 x 5 and 0.1 x 20. */
    @ParameterizedTest
    @CsvSource({
        "maml/omniglot-5way-1shot,5,1,1,2.0,1,32,2,98.7 ± 0.4 %",
        "maml/omniglot-5way-5shot,5,5,5,2.0,1,32,2,99.9 ± 0.1 %",
        "maml/omniglot-20way-1shot,20,1,1,2.0,5,16,2,95.8 ± 0.3 %",
        "maml/omniglot-20way-5shot,20,5,5,2.0,5,16,2,98.9 ± 0.2 %",
        "fomaml/omniglot-5way-1shot,5,1,1,2.0,1,32,1,98.3 ± 0.5 %",
        "anil/omniglot-20way-1shot,20,1,1,2.0,5,16,2,96.2 ± 0.5 %"
    })
    void maml_and_its_kin_have_the_published_protocol(
            String name,
            String way,
            String shot,
            String query,
            String rate,
            String steps,
            String batch,
            String order,
            String figure) {
        Preset preset = Presets.load(name);
        assertThat(preset.published()).isEqualTo(figure);
        assertThat(preset.settings().asMap())
                .containsEntry("way", way)
                .containsEntry("shot", shot)
                .containsEntry("query", query)
                .containsEntry("inner-learning-rate", rate)
                .containsEntry("inner-steps", steps)
                .containsEntry("meta-batch", batch)
                .containsEntry("order", order)
                .containsEntry("test-inner-steps", "10")
                .containsEntry("iterations", "60000");
    }

    @Test
    void values_are_such_as_learners_and_data_sets_take() {
        for (Preset preset : Presets.all()) {
            Settings settings = preset.settings();
            String learner = settings.get("learner").orElseThrow();
            if (learner.equals("protonet")) {
                assertThat(settings.bind(new ProtoNet().defaults())).isEqualTo(new ProtoNet().defaults());
            } else if (learner.equals("baseline") || learner.equals("pixels")) {
                Experiment.of(settings);
            } else {
                assertThat(settings.bind(new Maml().defaults()).order()).isEqualTo(learner.equals("fomaml") ? 1 : 2);
            }
            settings.bind(OmniglotSettings.defaults());
        }
        assertThat(Presets.load("maml/omniglot-5way-1shot").settings().bind(new Maml().defaults()))
                .isEqualTo(new Maml().defaults());
    }

    @Test
    void the_demo_draws_the_default_script() {
        assertThat(Presets.load("demo").settings().bind(GlyphsSettings.defaults()))
                .isEqualTo(GlyphsSettings.defaults());
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest() {
        assertThatThrownBy(() -> Presets.load("maml/omniglot-5way"))
                .isInstanceOf(FewShotException.class)
                .hasMessage("there is no preset maml/omniglot-5way; did you mean maml/omniglot-5way-1shot?");
        assertThatThrownBy(() -> Presets.load("zz"))
                .hasMessageStartingWith("there is no preset zz; there are: demo, maml/");
    }
}
