package io.fewshot4j.options;

import java.util.List;

/**
 * One option as {@code --help} shows it.
 *
 * @param key {@code inner-learning-rate}
 * @param type what is accepted, in words: "a whole number", "one of stride, max-pool"
 * @param defaultValue as the user would write it
 * @param description from {@link Describe}; empty where there is none
 */
public record Option(String key, String type, String defaultValue, String description) {
    /** The options of a settings record, in the order of its components. */
    public static List<Option> of(Record defaults) {
        return Component.of(defaults).stream()
                .map(c -> new Option(c.key(), c.type().accepted(), c.text(defaults), c.description()))
                .toList();
    }
}
