package io.fewshot4j.catalog;

import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.nn.NetworkSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learners and networks of a user's own, beside those of the catalog.
 *
 * @param networks by name
 */
public record Extensions(List<LearnerSpec<?>> learners, Map<String, NetworkSettings> networks) {
    /** Nothing beside the catalog. */
    public static final Extensions NONE = new Extensions(List.of(), Map.of());

    public Extensions {
        learners = List.copyOf(learners);
        networks = Map.copyOf(networks);
    }

    /** These and a learner. */
    public Extensions with(LearnerSpec<?> learner) {
        List<LearnerSpec<?>> all = new ArrayList<>(learners);
        all.add(learner);
        return new Extensions(all, networks);
    }

    /** These and a network. */
    public Extensions with(String name, NetworkSettings network) {
        Map<String, NetworkSettings> all = new LinkedHashMap<>(networks);
        all.put(name, network);
        return new Extensions(learners, all);
    }

    /** The catalog's networks and these, by name. */
    Map<String, NetworkSettings> allNetworks() {
        Map<String, NetworkSettings> all = new LinkedHashMap<>(Catalog.NETWORKS);
        all.putAll(networks);
        return all;
    }

    /** The learner of a name, a user's own first. */
    LearnerSpec<?> learner(String name) {
        return learners.stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseGet(() -> Catalog.learner(name));
    }
}
