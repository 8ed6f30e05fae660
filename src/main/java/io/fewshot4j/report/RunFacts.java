package io.fewshot4j.report;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Command, data, settings and machine of a run.
 *
 * @param fingerprint the data's
 * @param command what repeats the run
 * @param settings those in force, in the order to show them
 * @param environment Java, backend, processor, threads, version; in the order to show them
 */
public record RunFacts(
        String title,
        String learner,
        String dataset,
        String fingerprint,
        String command,
        long seed,
        Duration wallTime,
        Map<String, String> settings,
        Map<String, String> environment) {
    public RunFacts {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
