package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The network of Koch et al. 2015 for 105x105 images: kernels of 10, 7, 4 and 4 pixels with 64, 128, 128 and 256
 * filters, all but the last pooled, then 4096 sigmoid units; no batch normalisation.
 */
public record KochNet(ImageShape image, ConvNet blocks, int features) implements Network {
    public KochNet {
        if (features < 1) {
            throw new IllegalArgumentException("koch-features must be at least 1, got " + features);
        }
    }

    private static final List<Integer> KERNELS = List.of(10, 7, 4, 4);
    private static final List<Integer> WIDTHS = List.of(1, 2, 2, 4);

    /**
     * The network for images of a shape.
     *
     * @param filters of the first block
     */
    public static KochNet of(ImageShape image, int filters, int features) {
        List<ConvBlock> blocks = new ArrayList<>();
        int channels = image.channels();
        for (int i = 0; i < KERNELS.size(); i++) {
            int width = filters * WIDTHS.get(i);
            ConvBlock.Pool pool = i < KERNELS.size() - 1 ? ConvBlock.Pool.WHOLE : ConvBlock.Pool.NONE;
            blocks.add(new ConvBlock(
                    i, channels, width, KERNELS.get(i), 1, ConvGeometry.Padding.NONE, ConvBlock.Shift.BIAS, pool));
            channels = width;
        }
        return new KochNet(image, new ConvNet(image.height(), image.width(), 0, blocks), features);
    }

    private DenseLayer units() {
        return new DenseLayer("fc", blocks.features(), features);
    }

    @Override
    public ParameterLayout layout() {
        return blocks.layout().with(units().layout());
    }

    @Override
    public ImageEncoding encoding(int tasks) {
        return blocks.encoding(tasks);
    }

    /** Draws the published values: convolutions normal at 0.01, units at 0.2, biases around 0.5. */
    @Override
    public void initialise(Parameters parameters, Random random) {
        for (ParameterLayout.Entry entry : layout().entries()) {
            INDArray array = parameters.get(entry.name());
            if (entry.role() == Role.BIAS) {
                Initialisation.normal(array, 0.5, 0.01, random);
            } else {
                Initialisation.normal(array, 0, entry.role() == Role.CONVOLUTION ? 0.01 : 0.2, random);
            }
        }
    }

    @Override
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        Value maps = blocks.forward(weights, input, images, norm);
        Value flat = Ops.reshape(maps, images, blocks.features());
        return Functions.sigmoid(units().forward(weights, flat));
    }
}
