package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Map;
import java.util.Random;

/**
 * A base learner: features of images, as a function of weights. It knows no algorithm, and algorithms know no more of a
 * network than this. Networks are values: two that are equal compute the same.
 */
public interface Network {
    /** Shape of the images that it takes; a function's inputs are images of one pixel. */
    ImageShape image();

    /** Trained arrays with their roles, in the order of the flat vector. */
    ParameterLayout layout();

    /** Running mean and variance of each batch normalisation; none where there is no batch normalisation. */
    default ParameterLayout statisticsLayout() {
        return ParameterLayout.none();
    }

    /** Features of an image: columns that {@link #forward} gives. */
    int features();

    /**
     * Rows that images enter as, in a graph of so many tasks: pixels, unless a network says otherwise.
     *
     * @param tasks as in {@link io.fewshot4j.graph.Graph#tasks}
     */
    default ImageEncoding encoding(int tasks) {
        return ImageEncoding.pixels(image());
    }

    /** Writes first values into arrays that are 0: see {@link Initialisation#network}. Arrays of other names stay. */
    default void initialise(Parameters parameters, Random random) {
        Initialisation.network(parameters, layout(), random);
    }

    /**
     * Features [images, features] of a batch of images.
     *
     * @param weights arrays of {@link #layout} by name, as matrices whose columns are the array's last dimension
     * @param input rows as {@link #encoding} has them: pixels are [images x height x width, channels]
     * @param norm where batch normalisations take mean and variance from
     */
    Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm);
}
