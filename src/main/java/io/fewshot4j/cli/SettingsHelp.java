package io.fewshot4j.cli;

import io.fewshot4j.catalog.Catalog;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Option;
import io.fewshot4j.options.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every setting that {@code --set} and presets may give, with type, default and meaning. */
final class SettingsHelp {
    private static final List<String> COMMON = List.of("Episodes", "Training", "Meta-optimiser");

    private SettingsHelp() {}

    static String text() {
        StringBuilder text =
                new StringBuilder("Settings, with the values that hold where neither preset nor --set give others:\n");
        Map<String, Record> shown = new LinkedHashMap<>();
        for (LearnerSpec<?> spec : Catalog.LEARNERS) {
            text.append(section("learner=" + spec.name(), spec.defaults(), shown));
        }
        for (Map.Entry<String, NetworkSettings> network : Catalog.NETWORKS.entrySet()) {
            text.append(section("network=" + network.getKey(), (Record) network.getValue(), shown));
        }
        for (String dataset : Catalog.datasets()) {
            Experiment experiment = Experiment.of(Settings.of(Map.of("dataset", dataset)));
            text.append(section("dataset=" + dataset, experiment.dataSettings(), shown));
        }
        List<Record> records = Experiment.of(Settings.none()).records();
        List<Record> common = records.subList(records.size() - COMMON.size(), records.size());
        for (int i = 0; i < COMMON.size(); i++) {
            text.append(section(COMMON.get(i), common.get(i), shown));
        }
        return text.toString();
    }

    /** A record's alone. */
    static String section(String title, Record defaults) {
        return section(title, defaults, new LinkedHashMap<>());
    }

    private static String section(String title, Record defaults, Map<String, Record> shown) {
        Optional<Map.Entry<String, Record>> alike = shown.entrySet().stream()
                .filter(one -> one.getValue().getClass() == defaults.getClass())
                .findFirst();
        if (alike.isPresent()) {
            return "  " + title + ": as " + alike.get().getKey()
                    + differences(alike.get().getValue(), defaults) + "\n";
        }
        shown.put(title, defaults);
        Map<String, String> lines = new LinkedHashMap<>();
        Option.of(defaults)
                .forEach(option -> lines.put(
                        "  " + option.key() + "=" + option.defaultValue(),
                        option.description() + " (" + option.type() + ")"));
        return "  " + title + "\n" + Help.columns(lines);
    }

    private static String differences(Record from, Record to) {
        List<Option> known = Option.of(from);
        String differing = Option.of(to).stream()
                .filter(option -> !known.contains(option))
                .map(option -> option.key() + "=" + option.defaultValue())
                .collect(Collectors.joining(" "));
        return differing.isEmpty() ? "" : ", but " + differing;
    }
}
