package io.fewshot4j.report.html;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts of a sweep for its page.
 *
 * @param axes one for each searched setting, by its key
 * @param facts names and values: preset, search, rungs, data, seed, machine
 */
public record SweepView(String title, String command, List<ParallelAxis> axes, Map<String, String> facts) {
    public SweepView {
        axes = List.copyOf(axes);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
