package io.fewshot4j.learner.head;

import io.fewshot4j.episode.LabelledImages;
import java.util.Arrays;
import java.util.List;

/** A point that features are measured from. */
public record Centre(List<Double> point) {
    public Centre {
        point = List.copyOf(point);
    }

    /** Mean of rows of features. */
    public static Centre of(LabelledImages features) {
        return new Centre(Arrays.stream(Rows.mean(Rows.of(features))).boxed().toList());
    }

    /** Directions of rows from this point, each of length 1. */
    List<double[]> directions(LabelledImages features) {
        return Rows.of(features).stream().map(this::direction).toList();
    }

    private double[] direction(double[] row) {
        double[] moved = row.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= point.get(i);
        }
        return Rows.unit(moved);
    }
}
