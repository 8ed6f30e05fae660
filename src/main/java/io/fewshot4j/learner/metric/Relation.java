package io.fewshot4j.learner.metric;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.ConvBlock;
import io.fewshot4j.nn.ConvNet;
import io.fewshot4j.nn.ImageEncoding;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.nn.Network;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Relation networks, <a href="https://arxiv.org/abs/1711.06025">Sung et al. 2018</a>: a learned score of a query's
 * feature maps beside the summed ones of a class, trained to be 1 for its own class and 0 for others.
 */
public final class Relation implements MetricSpec<Relation.Settings> {
    private static final double EPSILON = 1e-5;

    /** The encoder and the relation module. Support images and queries pass through the encoder one after the other. */
    public record Settings(
            @Describe("filters of each block") int filters,

            @Describe("hidden units of the relation module, at least 1")
            int relationUnits,

            @Describe("zeros around images in the first two blocks: none (as published), torch (1 each side)")
            ConvGeometry.Padding encoderPadding,

            @Describe(
                    "zeros around maps in the relation module: torch (1 each side) for Omniglot, none for larger images")
            ConvGeometry.Padding relationPadding) {
        public Settings {
            if (filters < 1 || relationUnits < 1) {
                throw new IllegalArgumentException(
                        "filters and relationUnits must be at least 1, got " + filters + " and " + relationUnits);
            }
        }
    }

    /** The encoder is its own. */
    @Override
    public Optional<NetworkSettings> network() {
        return Optional.empty();
    }

    @Override
    public String name() {
        return "relation";
    }

    @Override
    public String summary() {
        return "Relation network: a learned comparison of feature maps (Sung et al. 2018, arXiv:1711.06025)";
    }

    @Override
    public Settings defaults() {
        return new Settings(64, 8, ConvGeometry.Padding.NONE, ConvGeometry.Padding.TORCH);
    }

    @Override
    public Metric metric(Settings settings, TaskShape shape) {
        ImageShape image = shape.image();
        int filters = settings.filters();
        ConvNet encoder = new ConvNet(
                image.height(),
                image.width(),
                EPSILON,
                List.of(
                        block(0, image.channels(), filters, settings.encoderPadding(), ConvBlock.Pool.WHOLE),
                        block(1, filters, filters, settings.encoderPadding(), ConvBlock.Pool.WHOLE),
                        block(2, filters, filters, ConvGeometry.Padding.TORCH, ConvBlock.Pool.NONE),
                        block(3, filters, filters, ConvGeometry.Padding.TORCH, ConvBlock.Pool.NONE)));
        ConvNet module = new ConvNet(
                encoder.outHeight(),
                encoder.outWidth(),
                EPSILON,
                List.of(
                        block(4, 2 * filters, filters, settings.relationPadding(), ConvBlock.Pool.WHOLE),
                        block(5, filters, filters, settings.relationPadding(), ConvBlock.Pool.WHOLE)));
        return new Relations(new Maps(image, encoder), new RelationModule(module, settings.relationUnits()));
    }

    private static ConvBlock block(
            int number, int channels, int filters, ConvGeometry.Padding padding, ConvBlock.Pool pool) {
        return new ConvBlock(number, channels, filters, 3, 1, padding, ConvBlock.Shift.NORM_WITH_GAIN, pool);
    }

    /** The encoder's feature maps, as many rows for an image as there are positions. */
    private record Maps(ImageShape image, ConvNet blocks) implements Network {
        @Override
        public ParameterLayout layout() {
            return blocks.layout();
        }

        @Override
        public ParameterLayout statisticsLayout() {
            return blocks.statisticsLayout();
        }

        @Override
        public ImageEncoding encoding(int tasks) {
            return blocks.encoding(tasks);
        }

        @Override
        public int features() {
            return blocks.features();
        }

        @Override
        public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
            return blocks.forward(weights, input, images, norm);
        }
    }

    private record Relations(Network embedding, RelationModule module) implements Metric {
        @Override
        public ParameterLayout layout() {
            return embedding.layout().with(module.layout());
        }

        @Override
        public ParameterLayout statisticsLayout() {
            return Metric.super.statisticsLayout().with(module.statisticsLayout());
        }

        /**
         * Draws the published values: convolutions normal with variance 2 / (area x filters), units normal at 0.01,
         * biases 1.
         */
        @Override
        public void initialise(Parameters parameters, Random random) {
            Initialisation.ones(parameters, layout());
            for (ParameterLayout.Entry entry : layout().entries()) {
                INDArray array = parameters.get(entry.name());
                if (entry.role() == Role.CONVOLUTION) {
                    long area = array.size(0) * array.size(1);
                    Initialisation.normal(array, 0, Math.sqrt(2.0 / (area * array.size(3))), random);
                } else if (entry.role() == Role.DENSE) {
                    Initialisation.normal(array, 0, 0.01, random);
                } else if (entry.role() == Role.BIAS) {
                    array.assign(1);
                }
            }
        }

        @Override
        public boolean oneBatch() {
            return false;
        }

        @Override
        public Answer compare(Embedded task, BatchNorm norm) {
            Value scores = module.scores(task, norm);
            return new Answer(Answer.logits(task.graph(), scores, Answer.NOTHING), labels -> {
                Value error = Ops.subtract(scores, labels);
                return Ops.scale(Ops.sum(Ops.multiply(error, error)), 1.0 / (error.rows() * error.columns()));
            });
        }
    }
}
