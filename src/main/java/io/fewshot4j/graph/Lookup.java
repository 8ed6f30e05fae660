package io.fewshot4j.graph;

import java.util.Map;

/** Maps from which a missing key is a fault of the program. */
public final class Lookup {
    private Lookup() {}

    /** Value of a key that must be there. */
    public static <K, V> V in(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("nothing is called " + key + "; there are " + map.keySet());
        }
        return value;
    }
}
