package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Nearest;
import io.fewshot4j.options.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network by name, with its settings bound; nothing for a learner that has a network of its own. */
record ConfiguredNetwork(Optional<String> name, Optional<NetworkSettings> settings) {
    private static final String KEY = "network";

    /**
     * The network that settings name; without a name, the learner's own choice.
     *
     * @param others networks that a user has given
     * @throws FewShotException if there is no network of the name, or the learner takes none
     */
    static ConfiguredNetwork of(LearnerSpec<?> learner, Settings settings, Extensions others) {
        Optional<String> asked = settings.get(KEY);
        if (learner.network().isEmpty()) {
            asked.ifPresent(name -> {
                throw new FewShotException(
                        learner.name() + " has a network of its own, got network=" + name + "; leave network out");
            });
            return new ConfiguredNetwork(Optional.empty(), Optional.empty());
        }
        NetworkSettings own = learner.network().orElseThrow();
        String name = asked.orElseGet(() -> nameOf(own));
        NetworkSettings defaults = name.equals(nameOf(own)) ? own : named(name, others.allNetworks());
        return new ConfiguredNetwork(Optional.of(name), Optional.of(bound(settings, defaults)));
    }

    private static String nameOf(NetworkSettings settings) {
        return Catalog.NETWORKS.entrySet().stream()
                .filter(entry -> entry.getValue().getClass() == settings.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static NetworkSettings named(String name, Map<String, NetworkSettings> all) {
        NetworkSettings found = all.get(name);
        if (found == null) {
            throw new FewShotException("network must be one of " + String.join(", ", all.keySet()) + ", got \"" + name
                    + "\"" + Nearest.hint(name, all.keySet())
                    + "; a network of your own is given to the library in Java");
        }
        return found;
    }

    private static NetworkSettings bound(Settings settings, NetworkSettings defaults) {
        return (NetworkSettings) settings.bind((Record) defaults);
    }

    /** The record of settings, for binding and help. */
    List<Record> records() {
        return settings.map(own -> List.of((Record) own)).orElse(List.of());
    }

    /** The name as a setting. */
    Map<String, String> asSetting() {
        return name.map(own -> Map.of(KEY, own)).orElse(Map.of());
    }
}
