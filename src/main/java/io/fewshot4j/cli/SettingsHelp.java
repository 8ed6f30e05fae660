package io.fewshot4j.cli;

import io.fewshot4j.catalog.Catalog;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.options.Option;
import io.fewshot4j.options.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every setting that {@code --set} and presets may give, with type, default and meaning. */
final class SettingsHelp {
    private static final List<String> COMMON = List.of("Episodes", "Training", "Meta-optimiser");

    private SettingsHelp() {}

    static String text() {
        StringBuilder text = new StringBuilder("Settings, with the values that hold where neither preset nor --set give others:\n");
        List<Record> seen = new ArrayList<>();
        for (LearnerSpec<?> spec : Catalog.LEARNERS) {
            text.append(section("learner=" + spec.name(), spec.defaults(), seen));
        }
        for (String dataset : Catalog.datasets()) {
            Record settings = experiment(dataset).records().get(1);
            text.append(section("dataset=" + dataset, settings, seen));
        }
        List<Record> common = Experiment.of(Settings.none()).records();
        for (int i = 0; i < COMMON.size(); i++) {
            text.append(section(COMMON.get(i), common.get(2 + i), seen));
        }
        return text.toString();
    }

    private static Experiment experiment(String dataset) {
        return Experiment.of(Settings.of(Map.of("dataset", dataset)));
    }

    /** All settings of a record, or where one of its kind was shown before, what differs. */
    private static String section(String title, Record defaults, List<Record> seen) {
        Map<String, Option> before = new LinkedHashMap<>();
        seen.stream()
                .filter(record -> record.getClass() == defaults.getClass())
                .findFirst()
                .ifPresent(record -> Option.of(record).forEach(option -> before.put(option.key(), option)));
        seen.add(defaults);
        List<Option> shown = Option.of(defaults).stream()
                .filter(option -> !option.equals(before.get(option.key())))
                .toList();
        if (!before.isEmpty()) {
            String differing = shown.stream()
                    .map(option -> option.key() + "=" + option.defaultValue())
                    .collect(Collectors.joining(" "));
            return " " + title + ": as the one above"
                    + (differing.isEmpty() ? "" : ", but " + differing) + "\n";
        }
        Map<String, String> lines = new LinkedHashMap<>();
        shown.forEach(option -> lines.put(
                " " + option.key() + "=" + option.defaultValue(), option.description() + " (" + option.type() + ")"));
        return " " + title + "\n" + Help.columns(lines);
    }
}
