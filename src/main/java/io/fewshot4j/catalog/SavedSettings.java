package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.options.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Settings of a saved run as they are called now. Runs from before networks were apart from learners name what a
 * learner's name tells today: the order of gradients, and how Reptile's inner updates are combined.
 */
public final class SavedSettings {
    private static final String LEARNER = "learner";

    private SavedSettings() {}

    /**
     * Today's settings of a manifest or of a row of results; settings of today stay as they are.
     *
     * @throws FewShotException if there is no such learner any more, or its arrays have other names
     */
    public static Settings of(Map<String, String> saved) {
        Settings settings = Settings.of(saved);
        settings.get("method").ifPresent(method -> {
            throw new FewShotException("a run on sinusoids must have a learner, got method " + method
                    + " of an older version, whose arrays have other names; train it anew with another --out");
        });
        String learner = settings.get(LEARNER).orElse("");
        return switch (learner) {
            case "maml", "fomaml" -> named(settings, "order", Map.of("2", "maml", "1", "fomaml"));
            case "anil", "metasgd", "mamlpp" -> named(settings, "order", Map.of("2", learner));
            case "reptile", "foml" -> named(settings, "combination", Map.of("sum", "reptile", "last", "foml"));
            case "siamese" -> settings.without(otherNetworks(settings));
            default -> settings;
        };
    }

    /** Settings without a key whose value is told by the learner's name. */
    private static Settings named(Settings settings, String key, Map<String, String> learners) {
        Optional<String> value = settings.get(key);
        if (value.isEmpty()) {
            return settings;
        }
        String learner = learners.get(value.get());
        if (learner == null) {
            throw new FewShotException(key + " must be " + String.join(" or ", new TreeSet<>(learners.keySet()))
                    + " in a saved run of " + settings.get(LEARNER).orElse("") + ", got " + value.get()
                    + ", which is no learner any more; train it anew, or use the version that trained it");
        }
        return settings.with(Settings.of(Map.of(LEARNER, learner))).without(List.of(key));
    }

    /** Settings that siamese had of networks other than its own. */
    private static List<String> otherNetworks(Settings siamese) {
        return switch (siamese.get("network").orElse("")) {
            case "conv4" -> List.of("koch-features");
            case "koch" -> List.of("pooling");
            default -> List.of();
        };
    }
}
