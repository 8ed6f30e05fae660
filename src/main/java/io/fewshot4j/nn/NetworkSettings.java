package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;

/** Settings of a network: a record whose components are options, and the network that they describe. */
public interface NetworkSettings {
    /**
     * The network for images of a shape.
     *
     * @throws IllegalArgumentException if the images do not suit it
     */
    Network network(ImageShape image);
}
