package io.fewshot4j.catalog;

import io.fewshot4j.options.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings with others in their place. A new learner, network or data set does away with what was said of the old one.
 */
public final class ChangedSettings {
    private static final String LEARNER = "learner";
    private static final String NETWORK = "network";
    private static final String DATASET = "dataset";

    private ChangedSettings() {}

    /**
     * Puts some settings in the place of old ones.
     *
     * @param own learners and networks of a user's own
     */
    public static Settings of(Settings settings, Settings given, Extensions own) {
        Experiment old = Experiment.of(settings, own);
        Set<String> obsolete = new LinkedHashSet<>();
        if (isOther(given.get(LEARNER), old.learnerName())) {
            old.learnerRecords().forEach(record -> obsolete.addAll(keys(record)));
            obsolete.add(NETWORK);
        } else if (isOther(given.get(NETWORK), settings.get(NETWORK).orElse(""))) {
            old.learnerRecords().stream().skip(1).forEach(record -> obsolete.addAll(keys(record)));
        }
        if (isOther(given.get(DATASET), old.datasetName())) {
            obsolete.addAll(keys(old.dataSettings()));
        }
        Experiment named = Experiment.of(given.only(List.of(LEARNER, NETWORK, DATASET)), own);
        obsolete.removeAll(named.settings().keys());
        return settings.without(obsolete).with(given);
    }

    private static boolean isOther(Optional<String> name, String old) {
        return name.filter(given -> !given.equals(old)).isPresent();
    }

    private static Set<String> keys(Record settings) {
        return Settings.of(settings).keys();
    }
}
