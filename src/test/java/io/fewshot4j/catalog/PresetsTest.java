package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import io.fewshot4j.data.omniglot.OmniglotSettings;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.gradient.Maml;
import io.fewshot4j.learner.gradient.MamlPlusPlus;
import io.fewshot4j.learner.gradient.MetaSgd;
import io.fewshot4j.learner.gradient.MetaSgdSettings;
import io.fewshot4j.learner.gradient.Reptile;
import io.fewshot4j.learner.gradient.ReptileSettings;
import io.fewshot4j.learner.metric.ProtoNet;
import io.fewshot4j.options.Settings;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

final class PresetsTest {
    @Test
    void every_file_of_a_data_set_that_there_is_is_listed() throws Exception {
        URL demo = Objects.requireNonNull(Presets.class.getResource("/io/fewshot4j/presets/demo.yaml"));
        Path folder = Objects.requireNonNull(Path.of(demo.toURI()).getParent());
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file)
                                    .toString()
                                    .replace('\\', '/')
                                    .replace(".yaml", ""))
                            .filter(name -> !name.contains("/")
                                    || name.startsWith("sinusoid/")
                                    || Catalog.datasets().stream().anyMatch(data -> name.contains("/" + data + "-"))))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(Presets.names(), Presets.sinusoids())
                            .flatMap(List::stream)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("io.fewshot4j.catalog.Presets#all")
    void a_preset_says_what_it_is_and_agrees_with_its_name(Preset preset) {
        assertThat(preset.title()).isNotEmpty();
        assertThat(preset.published()).isNotEmpty();
        assertThat(preset.protocol()).isNotEmpty();
        assertThat(preset.source()).isNotEmpty();
        assertThat(preset.settings().keys()).doesNotContain("title", "published", "protocol", "source", "notes");
        if (!preset.name().equals("demo")) {
            assertThat(preset.published())
                    .matches("\\d+\\.\\d+ (± \\d+\\.\\d+ )?%( \\(\\d+\\.\\d+ ± \\d+\\.\\d+ % transductive\\))?");
            assertThat(preset.protocol()).matches("(transductive|inductive); .+");
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
        "maml/omniglot-5way-1shot,5,1,1,2.0,1,32,98.7 ± 0.4 %",
        "maml/omniglot-5way-5shot,5,5,5,2.0,1,32,99.9 ± 0.1 %",
        "maml/omniglot-20way-1shot,20,1,1,2.0,5,16,95.8 ± 0.3 %",
        "maml/omniglot-20way-5shot,20,5,5,2.0,5,16,98.9 ± 0.2 %",
        "fomaml/omniglot-5way-1shot,5,1,1,2.0,1,32,98.3 ± 0.5 %",
        "anil/omniglot-20way-1shot,20,1,1,2.0,5,16,96.2 ± 0.5 %"
    })
    void maml_and_its_kin_have_the_published_protocol(
            String name,
            String way,
            String shot,
            String query,
            String rate,
            String steps,
            String batch,
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
                .doesNotContainKey("order")
                .containsEntry("test-inner-steps", "10")
                .containsEntry("iterations", "60000");
    }

    /** Whether a test here is the published one: its episodes and its queries are in the settings. */
    @ParameterizedTest
    @MethodSource("io.fewshot4j.catalog.Presets#published")
    void the_test_has_the_episodes_and_queries_of_the_protocol(String name) {
        Preset preset = Presets.load(name);
        Experiment experiment = Experiment.of(preset.settings());
        String queries = experiment.testShape().query() == 1
                ? "1 query image"
                : experiment.testShape().query() + " query images";
        if (preset.protocol().contains(" episodes, ")) {
            assertThat(preset.protocol())
                    .endsWith("; %,d episodes, %s per class"
                            .formatted(experiment.episodes().testEpisodes(), queries));
        }
    }

    @ParameterizedTest
    @MethodSource("io.fewshot4j.catalog.Presets#all")
    void a_learner_can_be_built(Preset preset) {
        ImageDataset classes =
                Glyphs.draw(new GlyphsSettings(2, 0, 2, 2, 20, 1, 1)).train();
        Experiment experiment = Experiment.of(preset.settings()).trainedOn(classes);
        try (Model model = experiment.initialise(DataType.FLOAT);
                Learner learner = experiment.learner(model)) {
            assertThat(learner.supportedStatistics())
                    .contains(experiment.training().validationStatistics());
        }
    }

    /** Rates for a mean loss: 0.005 x way to 0.1 x way. */
    @ParameterizedTest
    @CsvSource({
        "5,  1, 0.025, 0.5, 32, 99.53 ± 0.26 %",
        "5,  5, 0.025, 0.5, 32, 99.93 ± 0.09 %",
        "20, 1, 0.1,   2.0, 16, 95.93 ± 0.38 %",
        "20, 5, 0.1,   2.0, 16, 98.97 ± 0.19 %"
    })
    void meta_sgd_has_the_published_protocol(
            int way, int shot, double lowest, double highest, String batch, String figure) {
        Preset preset = Presets.load("metasgd/omniglot-" + way + "way-" + shot + "shot");
        MetaSgdSettings settings = preset.settings().bind(new MetaSgd().defaults());

        assertThat(preset.published()).isEqualTo(figure);
        assertThat(settings.inner().innerLearningRate()).isEqualTo(lowest);
        assertThat(settings.inner().innerSteps()).isEqualTo(1);
        assertThat(settings.highestInnerLearningRate()).isEqualTo(highest);
        assertThat(preset.settings().get("meta-batch")).contains(batch);
    }

    @ParameterizedTest
    @CsvSource({"5, 1, 99.47 %", "5, 5, 99.93 %", "20, 1, 97.65 ± 0.05 %", "20, 5, 99.33 ± 0.03 %"})
    void maml_plus_plus_has_the_published_protocol(int way, int shot, String figure) {
        Preset preset = Presets.load("mamlpp/omniglot-" + way + "way-" + shot + "shot");

        assertThat(preset.published()).isEqualTo(figure);
        assertThat(preset.settings().bind(new MamlPlusPlus().defaults())).isEqualTo(new MamlPlusPlus().defaults());
        assertThat(preset.settings().asMap())
                .containsEntry("meta-batch", "8")
                .containsEntry("iterations", "50000")
                .containsEntry("query", "1")
                .containsEntry("learning-rate-schedule", "cosine")
                .containsEntry("test-episode-rotation", "none");
    }

    @Test
    void values_are_such_as_learners_and_data_sets_take() {
        for (Preset preset : Presets.all()) {
            Settings settings = preset.settings();
            String learner = settings.get("learner").orElseThrow();
            if (learner.equals("reptile")) {
                assertThat(settings.bind(new Reptile().defaults()).innerOptimizer())
                        .isEqualTo(ReptileSettings.InnerOptimizer.ADAM);
            } else if (learner.equals("protonet")) {
                assertThat(settings.bind(new ProtoNet().defaults())).isEqualTo(new ProtoNet().defaults());
            }
            settings.bind(OmniglotSettings.defaults());
        }
        assertThat(Presets.load("maml/omniglot-5way-1shot").settings().bind(new Maml().defaults()))
                .isEqualTo(new Maml().defaults());
        assertThat(Presets.load("reptile/omniglot-5way-1shot").settings().bind(new Reptile().defaults()))
                .isEqualTo(new Reptile().defaults());
    }

    /**
     * Training shots apart from test shots; the outer step falls from 1 to 0; each task's second moment is handed on
     * whole.
     */
    @ParameterizedTest
    @CsvSource({
        "reptile/omniglot-5way-1shot,5,1,0.001,5,10,5,100000",
        "reptile/omniglot-5way-5shot,5,5,0.001,5,10,5,100000",
        "reptile/omniglot-20way-1shot,20,1,0.0005,10,20,10,200000",
        "reptile/omniglot-20way-5shot,20,5,0.0005,10,20,10,200000"
    })
    void reptile_has_the_published_protocol(
            String name,
            String way,
            String shot,
            String rate,
            String steps,
            String batch,
            String testBatch,
            String iterations) {
        assertThat(Presets.load(name).settings().asMap())
                .containsEntry("way", way)
                .containsEntry("shot", shot)
                .containsEntry("train-shot", "10")
                .containsEntry("inner-learning-rate", rate)
                .containsEntry("inner-steps", steps)
                .containsEntry("inner-batch", batch)
                .containsEntry("test-inner-steps", "50")
                .containsEntry("test-inner-batch", testBatch)
                .containsEntry("iterations", iterations)
                .containsEntry("meta-batch", "5")
                .containsEntry("updater", "sgd")
                .containsEntry("meta-learning-rate", "1.0")
                .containsEntry("learning-rate-schedule", "linear")
                .containsEntry("statistics-momentum", "1.0")
                .containsEntry("rotated-classes", "train")
                .containsEntry("ink", "paper-one");
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

    @ParameterizedTest
    @CsvSource({
        "pixels/omniglot-5way-1shot,pixels,15,0,41.7 %",
        "baseline/omniglot-20way-5shot,nearest-neighbour,15,30000,89.1 %",
        "baseline-finetune/omniglot-5way-1shot,fine-tune,5,30000,82.3 %",
        "baseline/mini-imagenet-5way-1shot,nearest-neighbour,15,30000,41.08 ± 0.70 %",
        "baseline-finetune/mini-imagenet-5way-5shot,fine-tune,15,30000,49.79 ± 0.79 %",
        "baseline-plus-plus/mini-imagenet-5way-1shot,new-head,15,30000,46.21 %",
        "baseline-plus-plus/mini-imagenet-5way-5shot,new-head,15,30000,65.18 %"
    })
    void baselines_have_the_published_figures(String name, String answer, int queries, int iterations, String figure) {
        Preset preset = Presets.load(name);
        Experiment experiment = Experiment.of(preset.settings());

        assertThat(preset.published()).isEqualTo(figure);
        assertThat(preset.settings().get("classifier").orElse("pixels")).isEqualTo(answer);
        assertThat(experiment.testShape().query()).isEqualTo(queries);
        assertThat(experiment.training().iterations()).isEqualTo(iterations);
    }
}
