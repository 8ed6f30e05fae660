package io.fewshot4j.nn;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.PoolGeometry;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The field's residual network of twelve layers (<a href="https://arxiv.org/abs/1805.10123">Oreshkin et al. 2018</a>,
 * <a href="https://arxiv.org/abs/1904.03758">Lee et al. 2019</a>): four blocks of three 3x3 convolutions beside a 1x1
 * shortcut, each with batch normalisation, leaky ReLU of slope 0.1, 2x2 max-pooling, and at last the mean over
 * positions. Drop-block is left out.
 *
 * @param widths channels of each block, such as 64, 128, 256, 512 or 64, 160, 320, 640
 * @param epsilon added to variances
 */
public record ResNet12(ImageShape image, List<Integer> widths, double epsilon) implements Network {
    private static final int CONVOLUTIONS = 3;
    private static final double SLOPE = 0.1;

    public ResNet12 {
        widths = List.copyOf(widths);
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("widths must have blocks of at least 1 channel, got " + widths);
        }
        int least = 1 << widths.size();
        if (Math.min(image.height(), image.width()) < least) {
            throw new IllegalArgumentException("image must be at least " + least + "x" + least + " for " + widths.size()
                    + " max-poolings, got " + image.height() + "x" + image.width() + "; use larger images");
        }
    }

    /** A block from some channels to others; its normalisations are numbered from {@code 4 x number}. */
    private record Block(int number, int in, int out, double epsilon) {
        private String convolution(int i) {
            return "block" + number + ".conv" + i + ".weight";
        }

        private String shortcut() {
            return "block" + number + ".shortcut.weight";
        }

        /** Normalisation after convolution {@code i}, or after the shortcut, which is the last. */
        private NormLayer norm(int i) {
            return new NormLayer((CONVOLUTIONS + 1) * number + i, out, true, epsilon);
        }

        ParameterLayout layout() {
            ParameterLayout layout = ParameterLayout.none();
            for (int i = 0; i < CONVOLUTIONS; i++) {
                layout = layout.with(Role.CONVOLUTION, convolution(i), 3, 3, i == 0 ? in : out, out)
                        .with(norm(i).layout());
            }
            return layout.with(Role.CONVOLUTION, shortcut(), 1, 1, in, out)
                    .with(norm(CONVOLUTIONS).layout());
        }

        ParameterLayout statisticsLayout() {
            return IntStream.rangeClosed(0, CONVOLUTIONS)
                    .mapToObj(i -> norm(i).statisticsLayout())
                    .reduce(ParameterLayout.none(), ParameterLayout::with);
        }

        Value forward(Map<String, Value> weights, Value input, Maps maps, BatchNorm norm) {
            Value x = input;
            for (int i = 0; i < CONVOLUTIONS; i++) {
                Value convolved =
                        Ops.convolve(x, Lookup.in(weights, convolution(i)), maps.convolution(x.columns(), out));
                Value normal = norm(i).forward(weights, convolved, norm);
                x = i < CONVOLUTIONS - 1 ? Functions.leakyRelu(normal, SLOPE) : normal;
            }
            Value shortcut = Ops.matmul(input, Lookup.in(weights, shortcut()));
            Value sum = Ops.add(x, norm(CONVOLUTIONS).forward(weights, shortcut, norm));
            return Functions.leakyRelu(Ops.maxPool(sum, maps.pooling(out)), SLOPE);
        }
    }

    /** Feature maps of a size. */
    private record Maps(int images, int height, int width) {
        ConvGeometry convolution(int channels, int filters) {
            return new ConvGeometry(images, height, width, channels, filters, 3, 1, ConvGeometry.Padding.TORCH);
        }

        PoolGeometry pooling(int channels) {
            return new PoolGeometry(images, height, width, channels, false);
        }

        Maps halved() {
            return new Maps(images, height / 2, width / 2);
        }
    }

    private List<Block> blocks() {
        return IntStream.range(0, widths.size())
                .mapToObj(i -> new Block(i, i == 0 ? image.channels() : widths.get(i - 1), widths.get(i), epsilon))
                .toList();
    }

    @Override
    public ParameterLayout layout() {
        return blocks().stream().map(Block::layout).reduce(ParameterLayout.none(), ParameterLayout::with);
    }

    @Override
    public ParameterLayout statisticsLayout() {
        return blocks().stream().map(Block::statisticsLayout).reduce(ParameterLayout.none(), ParameterLayout::with);
    }

    @Override
    public int features() {
        return widths.get(widths.size() - 1);
    }

    /** Pooling before the leaky ReLU, which rises, gives what the published order gives, on a quarter of the values. */
    @Override
    public Value forward(Map<String, Value> weights, Value input, int images, BatchNorm norm) {
        Maps maps = new Maps(images, image.height(), image.width());
        Value x = input;
        for (Block block : blocks()) {
            x = block.forward(weights, x, maps, norm);
            maps = maps.halved();
        }
        return Ops.meanOfRuns(x, images);
    }
}
