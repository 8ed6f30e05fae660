package io.fewshot4j.learner.metric;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.ConvNet;
import io.fewshot4j.graph.Initialisation;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Map;
import java.util.Random;

/** The network that support images and queries pass through. */
interface Embedding {
    /** Its convolutions. */
    ConvNet network();

    default ParameterLayout layout() {
        return network().layout();
    }

    /** First values of parameters that are 0; those of other names stay. */
    default void initialise(Parameters parameters, Random random) {
        Initialisation.network(parameters, random);
    }

    /** Values of one image. */
    int features();

    /** Of the convolutions' feature maps, equally many rows for each image. */
    Value embed(Map<String, Value> weights, Value maps, int images);

    /** Conv4, a row for each image. */
    static Embedding of(Conv4 body) {
        return new OfConv4(body);
    }

    /** Conv4 as the metric learners' papers have it: all positions, a zero on each side, gain and bias. */
    static Embedding conv4(ImageShape image, int filters, Conv4.Downsampling pooling) {
        return of(new Conv4(
                image.height(),
                image.width(),
                image.channels(),
                filters,
                pooling,
                Conv4.Head.FLATTEN,
                ConvGeometry.Padding.TORCH,
                true,
                1e-5));
    }

    /** A Conv4. */
    record OfConv4(Conv4 body) implements Embedding {
        @Override
        public ConvNet network() {
            return body.blocks();
        }

        @Override
        public int features() {
            return body.features();
        }

        @Override
        public Value embed(Map<String, Value> weights, Value maps, int images) {
            return body.features(maps, images);
        }
    }
}
