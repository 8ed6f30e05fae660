package io.fewshot4j.options;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fewshot4j.FewShotException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options by key as the user writes them, {@code inner-learning-rate: 0.4}, in order; immutable. A settings record
 * gives the keys their meaning: its component {@code innerLearningRate} is the key {@code inner-learning-rate}.
 * Components may be int, long, double, boolean, String, an enum ({@code MAX_POOL} is {@code max-pool}), or a list of
 * Integer or Double ({@code 0,90,180}), or again a record, whose components are keys beside the others. Jackson reads
 * and writes it as one flat object.
 */
public final class Settings {
    private static final Settings NONE = new Settings(new LinkedHashMap<>());
    private static final String JSON_NUMBER = "-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** No settings at all. */
    public static Settings none() {
        return NONE;
    }

    /** These keys and values, in the map's order; a key that is not kebab-case is refused. */
    @JsonCreator
    public static Settings of(Map<String, String> values) {
        values.keySet().forEach(Settings::requireKey);
        return new Settings(new LinkedHashMap<>(values));
    }

    /** Every component of a settings record. */
    public static Settings of(Record record) {
        Map<String, String> values = new LinkedHashMap<>();
        Component.of(record).forEach(component -> values.put(component.key(), component.text(record)));
        return new Settings(values);
    }

    /** Pieces such as {@code way=20}; what follows the first equals sign is the value. */
    public static Settings parse(List<String> pieces) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String piece : pieces) {
            int equals = piece.indexOf('=');
            if (equals < 0) {
                throw new FewShotException("a setting must be key=value, got \"" + piece + "\"");
            }
            String key = requireKey(piece.substring(0, equals).strip());
            String value = piece.substring(equals + 1).strip();
            if (values.put(key, value) != null) {
                throw new FewShotException(key + " must be set once, got it again in \"" + piece + "\"");
            }
        }
        return new Settings(values);
    }

    private static String requireKey(String key) {
        if (!Kebab.isKey(key)) {
            throw new FewShotException(
                    "a setting's key must be lower-case words joined by hyphens, such as meta-batch, got \"" + key
                            + "\"");
        }
        return key;
    }

    /** The value of a key, or empty. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The keys in order. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** The texts by key, in order, unmodifiable. */
    public Map<String, String> asMap() {
        return values;
    }

    /** Settings for JSON: a text that is a number or a truth value as JSON writes it becomes one. */
    @JsonValue
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        values.forEach((key, text) -> json.put(key, jsonValue(text)));
        return json;
    }

    private static Object jsonValue(String text) {
        if (text.matches(JSON_NUMBER) && new BigDecimal(text).toString().equals(text)) {
            return new BigDecimal(text);
        }
        return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
    }

    /** These settings with those of {@code other} in place of, or after, their own. */
    public Settings with(Settings other) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(other.values);
        return new Settings(all);
    }

    /** These settings with no other keys than some. */
    public Settings only(Collection<String> keys) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.keySet().retainAll(keys);
        return new Settings(rest);
    }

    /** These settings without some keys. */
    public Settings without(Collection<String> keys) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(keys);
        return new Settings(rest);
    }

    /**
     * The defaults with the values given here in their place; keys of other records are left alone.
     *
     * @throws FewShotException on a value of the wrong type, or one that the record's constructor objects to
     */
    public <R extends Record> R bind(R defaults) {
        return new Binder<>(defaults).bind(values);
    }

    /**
     * Makes sure that every key belongs to one of the records.
     *
     * @throws FewShotException on an unknown key, with the nearest known one
     * @throws IllegalStateException when two records share a key, a fault of the program
     */
    public void requireKnown(Collection<? extends Record> records) {
        Set<String> known = new LinkedHashSet<>();
        for (Record record : records) {
            for (Component component : Component.of(record)) {
                if (!known.add(component.key())) {
                    throw new IllegalStateException("two settings records have the key " + component.key());
                }
            }
        }
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new FewShotException("there is no setting " + key + Nearest.hint(key, known));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
