package io.fewshot4j.sweep;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Draws;
import io.fewshot4j.options.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Settings that a sweep searches, with their values; a trial is one value of each. */
public record SearchSpace(Map<String, Axis> axes) {
    /** Draws for each trial that a random search may make before it takes the space to be used up. */
    private static final int DRAWS = 100;

    public SearchSpace {
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    }

    /** Every combination, the last setting changing fastest. */
    List<Settings> grid() {
        List<Settings> trials = List.of(Settings.none());
        for (Map.Entry<String, Axis> axis : axes.entrySet()) {
            List<String> values = axis.getValue().grid();
            if ((long) trials.size() * values.size() > SweepSettings.MOST) {
                throw new FewShotException("a grid must have at most " + SweepSettings.MOST + " trials, got more with "
                        + axis.getKey() + "; give fewer values, or set search: random");
            }
            trials = trials.stream()
                    .flatMap(trial -> values.stream().map(value -> trial.with(one(axis.getKey(), value))))
                    .toList();
        }
        return trials;
    }

    private static Settings one(String key, String value) {
        return Settings.of(Map.of(key, value));
    }

    /** Different trials; a smaller number of them is their beginning. */
    List<Settings> random(int trials, long seed) {
        List<Settings> drawn = IntStream.range(0, DRAWS * trials)
                .mapToObj(index -> drawn(Draws.of(seed, index)))
                .distinct()
                .limit(trials)
                .toList();
        if (drawn.size() < trials) {
            throw new FewShotException("trials must be at most " + drawn.size()
                    + ", as many different ones as a random search found, got " + trials
                    + "; lower it, or set search: grid");
        }
        return drawn;
    }

    private Settings drawn(Draws draws) {
        Map<String, String> values = new LinkedHashMap<>();
        axes.forEach((key, axis) -> values.put(key, axis.at(draws.between(0, 1))));
        return Settings.of(values);
    }
}
