package io.fewshot4j.sweep;

import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.ChangedSettings;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Extensions;
import io.fewshot4j.catalog.Preset;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.options.Nearest;
import io.fewshot4j.options.Option;
import io.fewshot4j.options.Settings;
import io.fewshot4j.report.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A search over settings of a preset.
 *
 * @param fixed settings in place of the preset's, for all trials
 * @param searched settings of several values, as they were written
 */
public record SweepPlan(Preset preset, Settings fixed, Settings searched, SearchSpace space, SweepSettings search) {
    private static final String PRESET = "preset";

    /** Settings that all trials share, for they are compared by validation. */
    private static final List<String> SHARED =
            List.of("iterations", "validate-every", "validation-episodes", "validation-statistics");

    /**
     * Reads flat settings, of which some have several values: {@code filters: 16 | 32},
     * {@code inner-learning-rate: 0.01 to 1, log}.
     *
     * @throws FewShotException if there is no preset, nothing to search, or a setting that the preset's experiment has
     *     not
     */
    public static SweepPlan of(Settings file) {
        Preset preset = file.get(PRESET)
                .map(Presets::find)
                .orElseThrow(() -> new FewShotException("a sweep must name its preset, got none; add preset: NAME"));
        SweepSettings search = file.bind(SweepSettings.defaults());
        Settings experiment =
                file.without(List.of(PRESET)).without(Settings.of(search).keys());
        Settings searched = experiment.only(experiment.keys().stream()
                .filter(key -> Axis.isAxis(experiment.get(key).orElseThrow()))
                .toList());
        if (searched.keys().isEmpty()) {
            throw new FewShotException("a sweep must search at least one setting, got none; give one several values,"
                    + " such as filters: 16 | 32 or inner-learning-rate: 0.01 to 1, log");
        }
        Settings fixed = experiment.without(searched.keys());
        return new SweepPlan(preset, fixed, searched, space(preset, fixed, searched), search).checked();
    }

    private static SearchSpace space(Preset preset, Settings fixed, Settings searched) {
        Map<String, Choices> choices = new LinkedHashMap<>();
        Map<String, String> first = new LinkedHashMap<>();
        searched.asMap().forEach((key, text) -> {
            if (!Range.isRange(text)) {
                choices.put(key, Choices.parse(key, text));
                first.put(key, choices.get(key).values().get(0));
            }
        });
        Map<String, String> types = types(experiment(preset, fixed.with(Settings.of(first))));
        Map<String, Axis> axes = new LinkedHashMap<>();
        searched.asMap()
                .forEach((key, text) -> axes.put(
                        key, choices.containsKey(key) ? choices.get(key) : Range.parse(key, text, type(key, types))));
        return new SearchSpace(axes);
    }

    private static String type(String key, Map<String, String> types) {
        return Optional.ofNullable(types.get(key))
                .orElseThrow(
                        () -> new FewShotException("there is no setting " + key + Nearest.hint(key, types.keySet())));
    }

    private static Map<String, String> types(Experiment experiment) {
        return experiment.records().stream()
                .flatMap(record -> Option.of(record).stream())
                .collect(Collectors.toMap(Option::key, Option::type));
    }

    private static Experiment experiment(Preset preset, Settings given) {
        return Experiment.of(ChangedSettings.of(preset.settings(), given, Extensions.NONE));
    }

    /** The experiment of a trial. */
    public Experiment experiment(Settings trial) {
        return experiment(preset, fixed.with(trial));
    }

    /** Settings that the trials have of their own, in order. */
    public List<Settings> trials() {
        return switch (search.search()) {
            case GRID -> space.grid();
            case RANDOM -> space.random(search.trials(), search.searchSeed());
        };
    }

    /** Rule by which trials go on. */
    public Halving halving() {
        List<Settings> trials = trials();
        return Halving.of(
                trials.size(), search, experiment(trials.get(0)).training().iterations());
    }

    /** Everything that the trials follow from. */
    public Settings settings() {
        return Settings.of(Map.of(PRESET, preset.name()))
                .with(Settings.of(search))
                .with(experiment(trials().get(0)).settings())
                .with(searched);
    }

    private SweepPlan checked() {
        List<Experiment> trials = trials().stream().map(this::experiment).toList();
        Experiment first = trials.get(0);
        trials.forEach(trial -> requireComparable(first, trial));
        int every = first.training().validateEvery();
        if (first.learnsFunctions() || every == 0) {
            throw new FewShotException("a sweep must have validation, by which trials are compared, got none; set"
                    + " validate-every, or choose a preset of images");
        }
        if (search.firstIterations() % every != 0) {
            throw new FewShotException("first-iterations must be a multiple of validate-every " + every + ", got "
                    + search.firstIterations());
        }
        return this;
    }

    private static void requireComparable(Experiment first, Experiment trial) {
        Map<String, String> one = shared(first);
        shared(trial).forEach((key, value) -> {
            if (!value.equals(one.get(key))) {
                throw new FewShotException(
                        key + " must be the same in all trials, which are compared by validation, got " + one.get(key)
                                + " and " + value);
            }
        });
    }

    private static Map<String, String> shared(Experiment experiment) {
        Map<String, String> shared =
                new LinkedHashMap<>(experiment.settings().only(SHARED).asMap());
        shared.put("dataset", experiment.datasetName() + " " + Settings.of(experiment.dataSettings()));
        shared.put(
                "the shape of test episodes",
                Words.task(experiment.testShape()) + ", " + Words.queries(experiment.testShape()));
        shared.put("test-query-counts", experiment.episodes().testQueryCounts().toString());
        shared.put(
                "test-episode-rotation",
                experiment.episodes().testEpisodeRotation().toString());
        return shared;
    }
}
