package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.learner.head.Distance;
import io.fewshot4j.learner.head.Head;
import io.fewshot4j.learner.head.LogisticRegression;
import io.fewshot4j.learner.head.NearestMean;
import io.fewshot4j.learner.head.NearestNeighbour;
import io.fewshot4j.learner.head.RidgeRegression;
import io.fewshot4j.learner.head.SimpleShot;
import io.fewshot4j.learner.head.SoftKMeans;
import io.fewshot4j.options.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Classifiers on features by name. */
public final class Heads {
    /** The heads. */
    public static final Map<String, Head> ALL = all();

    private Heads() {}

    private static Map<String, Head> all() {
        Map<String, Head> heads = new LinkedHashMap<>();
        heads.put("nearest-mean", new NearestMean(Distance.EUCLIDEAN));
        heads.put("nearest-mean-cosine", new NearestMean(Distance.COSINE));
        heads.put("simpleshot", new SimpleShot(Optional.empty()));
        heads.put("nearest-neighbour", new NearestNeighbour(Distance.COSINE));
        heads.put("ridge", new RidgeRegression(1));
        heads.put("logistic", new LogisticRegression(1));
        heads.put("soft-k-means", new SoftKMeans(Optional.empty()));
        return Collections.unmodifiableMap(heads);
    }

    /**
     * The head of a name.
     *
     * @throws FewShotException if there is none
     */
    public static Head of(String name) {
        Head head = ALL.get(name);
        if (head == null) {
            List<String> names = List.copyOf(ALL.keySet());
            throw new FewShotException("head must be one of " + String.join(", ", names) + ", got \"" + name + "\""
                    + Nearest.hint(name, names));
        }
        return head;
    }

    /** Names of those whose answer to an image does not depend on others. */
    public static List<String> inductive() {
        return ALL.keySet().stream().filter(name -> !of(name).transductive()).toList();
    }
}
