package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.options.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings as manifests of format 1 have them that were written before networks were apart from learners. */
final class SavedSettingsTest {
    private static final String TASKS = """
            dataset: omniglot
            class-split: random-1100
            image-size: 28
            resize: nearest
            ink: ink-one
            rotated-classes: none
            way: 5
            shot: 1
            query: 1
            train-way: 0
            train-shot: 0
            test-query: 0
            episode-rotation: per-class
            test-episode-rotation: per-class
            test-episodes: 600
            normalisation: unit
            episode-distortion: none
            iterations: 60000
            meta-batch: 32
            tasks-per-graph: 1
            threads: 0
            seed: 1
            statistics-momentum: 0.1
            validate-every: 500
            validation-episodes: 100
            validation-statistics: batch
            patience: 0
            checkpoint-every: 500
            prefetch: 4
            updater: adam
            meta-learning-rate: 0.001
            learning-rate-schedule: constant
            schedule-step: 1000
            schedule-decay: 0.5
            min-learning-rate: 0
            momentum: 0.9
            clip: none
            clip-value: 10
            """;
    private static final String MAML = """
            learner: maml
            inner-learning-rate: 0.4
            inner-steps: 3
            test-inner-steps: 3
            order: 2
            filters: 48
            pooling: stride
            head: mean
            padding: tensorflow
            batch-norm-epsilon: 0.002
            batch-norm-gain: true
            adapt-batch-norm: false
            head-init: normal
            """;
    private static final String REPTILE = """
            learner: reptile
            inner-optimizer: adam
            inner-learning-rate: 0.003
            inner-steps: 10
            inner-batch: 10
            test-inner-steps: 50
            test-inner-batch: 5
            inner-sampling: cycling
            tail: shared
            combination: sum
            filters: 48
            pooling: stride
            head: flatten
            padding: tensorflow
            batch-norm-epsilon: 0.001
            batch-norm-gain: true
            head-init: glorot
            """;
    private static final String SIAMESE = """
            learner: siamese
            network: conv4
            filters: 64
            pooling: max-pool
            koch-features: 4096
            several-shots: mean
            balanced-pairs: false
            """;
    private static final String SINUSOID = """
            dataset: sinusoid
            method: maml
            shot: 10
            query: 10
            hidden: 40,40
            noise-variance: 0.01
            particles: 10
            """;

    private static Map<String, String> manifest(String text, String... changes) {
        Map<String, String> settings = new LinkedHashMap<>();
        text.lines().map(line -> line.split(": ")).forEach(pair -> settings.put(pair[0], pair[1]));
        settings.putAll(Settings.parse(List.of(changes)).asMap());
        return settings;
    }

    /** All but some keys are in force as they were saved. */
    private static Experiment opened(Map<String, String> saved, String... gone) {
        Experiment experiment = Experiment.of(SavedSettings.of(saved));
        Settings kept = Settings.of(saved).without(List.of(gone));
        assertThat(experiment.settings().asMap()).containsAllEntriesOf(kept.asMap());
        assertThat(experiment.settings().keys())
                .doesNotContainAnyElementsOf(List.of(gone).subList(1, gone.length));
        return experiment;
    }

    @ParameterizedTest
    @CsvSource({
        "maml, 2, maml",
        "maml, 1, fomaml",
        "fomaml, 1, fomaml",
        "fomaml, 2, maml",
        "anil, 2, anil",
        "metasgd, 2, metasgd",
        "mamlpp, 2, mamlpp"
    })
    void the_order_of_gradients_names_the_learner(String learner, int order, String now) {
        Map<String, String> saved = manifest(MAML + TASKS, "learner=" + learner, "order=" + order);
        Experiment experiment = opened(saved, "learner", "order");

        assertThat(experiment.learnerName()).isEqualTo(now);
        assertThat(experiment.settings().get("network")).contains("conv4");
    }

    @ParameterizedTest
    @CsvSource({"reptile, sum, reptile", "reptile, last, foml", "foml, last, foml", "foml, sum, reptile"})
    void what_inner_updates_make_together_names_the_learner(String learner, String combination, String now) {
        Map<String, String> saved = manifest(REPTILE + TASKS, "learner=" + learner, "combination=" + combination);

        assertThat(opened(saved, "learner", "combination").learnerName()).isEqualTo(now);
    }

    @Test
    void siamese_keeps_the_settings_of_its_own_network() {
        assertThat(opened(manifest(SIAMESE + TASKS), "", "koch-features").learnerName())
                .isEqualTo("siamese");
        Map<String, String> koch = manifest(SIAMESE + TASKS, "network=koch", "koch-features=512");
        assertThat(opened(koch, "", "pooling").settings().get("koch-features")).contains("512");
    }

    @ParameterizedTest
    @CsvSource({
        "anil, order, 1, 'order must be 2 in a saved run of anil, got 1, which is no learner any more;"
                + " train it anew, or use the version that trained it'",
        "reptile, combination, mean, 'combination must be last or sum in a saved run of reptile, got mean, which is no"
                + " learner any more; train it anew, or use the version that trained it'"
    })
    void what_no_learner_does_any_more_is_refused(String learner, String key, String value, String message) {
        Map<String, String> saved = manifest(MAML + REPTILE + TASKS, "learner=" + learner, key + "=" + value);

        assertThatThrownBy(() -> SavedSettings.of(saved))
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }

    @Test
    void sinusoids_of_an_older_version_are_refused() {
        assertThatThrownBy(() -> SavedSettings.of(manifest(SINUSOID)))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "a run on sinusoids must have a learner, got method maml of an older version, whose arrays have"
                                + " other names; train it anew with another --out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maml/omniglot-5way-1shot",
                "fomaml/omniglot-5way-1shot",
                "reptile/omniglot-5way-1shot",
                "siamese/omniglot-20way-1shot",
                "metalstm/mini-imagenet-5way-1shot",
                "sinusoid/reptile-10shot"
            })
    void settings_of_today_stay_as_they_are(String preset) {
        Settings today = Experiment.of(Presets.load(preset).settings()).settings();

        assertThat(SavedSettings.of(today.asMap())).isEqualTo(today);
    }
}
