package io.fewshot4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to one image.
 *
 * @param image name of the image's file
 * @param label likeliest class
 * @param probability of that class, 0 to 1
 * @param probabilities of every class, in the order of the classes
 */
public record Prediction(String image, String label, double probability, Map<String, Double> probabilities) {
    public Prediction {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
