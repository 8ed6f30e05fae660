package io.fewshot4j.nn;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Several sets of weights of one network. A set's array is called {@code particleN.} and what the network calls it.
 *
 * @param network the names and shapes of one set
 * @param count at least 1
 */
public record Particles(ParameterLayout network, int count) {
    /** Name of a particle's array. */
    public static String name(int particle, String parameter) {
        return "particle" + particle + "." + parameter;
    }

    /** The arrays of all particles. */
    public ParameterLayout layout() {
        List<ParameterLayout.Entry> entries = IntStream.range(0, count)
                .boxed()
                .flatMap(particle -> network.entries().stream().map(entry -> entry.named(name(particle, entry.name()))))
                .toList();
        return new ParameterLayout(entries);
    }

    /** Each particle's weights by the network's names, of all by {@link #layout}'s. */
    public List<Map<String, Value>> split(Map<String, Value> all) {
        return IntStream.range(0, count)
                .mapToObj(particle -> {
                    Map<String, Value> weights = new LinkedHashMap<>();
                    network.entries()
                            .forEach(entry -> weights.put(entry.name(), Lookup.in(all, name(particle, entry.name()))));
                    return weights;
                })
                .toList();
    }

    /** All by {@link #layout}'s names: what {@link #split} takes apart. */
    public static Map<String, Value> join(List<Map<String, Value>> particles) {
        Map<String, Value> all = new LinkedHashMap<>();
        for (int i = 0; i < particles.size(); i++) {
            int particle = i;
            particles.get(i).forEach((name, weight) -> all.put(name(particle, name), weight));
        }
        return all;
    }

    /** Mean of the particles' answers. */
    public static Value mean(List<Value> answers) {
        return Ops.scale(answers.stream().reduce((a, b) -> Ops.add(a, b)).orElseThrow(), 1.0 / answers.size());
    }
}
