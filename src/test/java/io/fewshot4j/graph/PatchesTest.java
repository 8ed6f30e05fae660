package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.nn.Patches;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

final class PatchesTest {
    private static final int IMAGES = 2;

    static Stream<ConvGeometry> geometries() {
        Stream<ConvGeometry> all = Arrays.stream(ConvGeometry.Padding.values())
                .flatMap(padding -> Stream.of(1, 2)
                        .flatMap(stride -> Stream.of(
                                new ConvGeometry(IMAGES, 7, 5, 3, 2, 3, stride, padding),
                                new ConvGeometry(IMAGES, 6, 4, 1, 2, 3, stride, padding),
                                new ConvGeometry(IMAGES, 9, 10, 1, 2, 4, stride, padding),
                                new ConvGeometry(IMAGES, 9, 10, 1, 2, 5, stride, padding),
                                new ConvGeometry(IMAGES, 9, 10, 1, 2, 7, stride, padding),
                                new ConvGeometry(IMAGES, 13, 10, 1, 2, 10, stride, padding))));
        return Stream.concat(all, smallest());
    }

    /** Smaller than the kernel. */
    private static Stream<ConvGeometry> smallest() {
        return Stream.of(ConvGeometry.Padding.TORCH, ConvGeometry.Padding.TENSORFLOW)
                .flatMap(padding ->
                        Stream.of(1, 2).map(stride -> new ConvGeometry(IMAGES, 1, 2, 3, 2, 3, stride, padding)));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void they_are_the_pixels_under_the_kernel(ConvGeometry geometry) {
        double[] pixels = random(geometry.input().length());
        float[] narrow = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            narrow[i] = (float) pixels[i];
        }
        double[] expected = naive(geometry, pixels);

        assertThat(new Patches(geometry).of(pixels)).isEqualTo(expected);
        Patches patches = new Patches(geometry);
        float[] ofImage = new float[patches.rows() * patches.columns()];
        assertThat(IMAGES * ofImage.length).isEqualTo(expected.length);
        Arrays.fill(ofImage, Float.NaN);
        for (int i = 0; i < expected.length; i++) {
            if (i % ofImage.length == 0) {
                patches.encode(narrow, i / ofImage.length, ofImage);
            }
            assertThat(ofImage[i % ofImage.length]).isEqualTo((float) expected[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void their_product_with_the_weights_is_the_convolution(ConvGeometry geometry) {
        Graph graph = new Graph();
        Shape patchShape =
                new Shape(geometry.output().rows(), geometry.weights().rows());
        Value images = graph.input("images", geometry.input().rows(), geometry.channels());
        Value patches = graph.input("patches", patchShape.rows(), patchShape.columns());
        Value weights = graph.input("weights", geometry.weights().rows(), geometry.filters());
        double[] pixels = random(geometry.input().length());
        Map<String, Value> outputs = Map.of(
                "product", Ops.matmul(patches, weights),
                "convolution", Ops.convolve(images, weights, geometry),
                "unfolded", Ops.matmul(Ops.make(new Unfolding.Unfold(geometry), images), weights));
        Map<String, double[]> inputs = Map.of(
                "images",
                pixels,
                "patches",
                new Patches(geometry).of(pixels),
                "weights",
                random(geometry.weights().length()));
        try (Calculator calculator = new Calculator(outputs, inputs)) {
            calculator.run();
            assertThat(calculator.get("product")).containsExactly(calculator.get("convolution"), within(1e-12));
            assertThat(calculator.get("product")).containsExactly(calculator.get("unfolded"), within(1e-12));
        }
    }

    /** oneDNN computes in float only, so that the checks of rules do not meet it. */
    @ParameterizedTest
    @MethodSource("geometries")
    void native_convolutions_in_float_are_products_too(ConvGeometry geometry) {
        Graph graph = new Graph();
        Value images = graph.input("images", geometry.input().rows(), geometry.channels());
        Value weights = graph.input("weights", geometry.weights().rows(), geometry.filters());
        Value unfolded = Ops.matmul(Ops.make(new Unfolding.Unfold(geometry), images), weights);
        Map<String, double[]> inputs = Map.of(
                "images",
                random(geometry.input().length()),
                "weights",
                random(geometry.weights().length()));
        try (Calculator narrow = new Calculator(
                        gradients(Ops.convolve(images, weights, geometry), images, weights), inputs, DataType.FLOAT);
                Calculator wide = new Calculator(gradients(unfolded, images, weights), inputs)) {
            narrow.run();
            wide.run();
            for (String name : List.of("images", "weights")) {
                assertThat(narrow.get(name)).as(name).containsExactly(wide.get(name), within(1e-3));
            }
        }
    }

    /** Gradients of the sum of squares. */
    private static Map<String, Value> gradients(Value result, Value images, Value weights) {
        List<Value> gradients = Gradients.of(Ops.sum(Ops.multiply(result, result)), List.of(images, weights));
        return Map.of("images", gradients.get(0), "weights", gradients.get(1));
    }

    private static double[] random(long length) {
        return new Random(length).doubles(length, -1, 1).toArray();
    }

    /** [images, out rows, out columns, kernel rows, kernel columns, channels]. */
    private static double[] naive(ConvGeometry g, double[] pixels) {
        double[] patches =
                new double[(int) (g.output().rows() * (long) g.weights().rows())];
        int next = 0;
        for (int image = 0; image < g.images(); image++) {
            for (int y = 0; y < g.outHeight(); y++) {
                for (int x = 0; x < g.outWidth(); x++) {
                    for (int k = 0; k < g.kernel() * g.kernel(); k++) {
                        int row = y * g.stride() + k / g.kernel() - before(g, g.height());
                        int column = x * g.stride() + k % g.kernel() - before(g, g.width());
                        for (int c = 0; c < g.channels(); c++) {
                            boolean inside = row >= 0 && row < g.height() && column >= 0 && column < g.width();
                            int source = ((image * g.height() + row) * g.width() + column) * g.channels() + c;
                            patches[next++] = inside ? pixels[source] : 0;
                        }
                    }
                }
            }
        }
        return patches;
    }

    /** TensorFlow's rule by its documentation: an even size needs one zero fewer at stride 2, and it is the first. */
    private static int before(ConvGeometry g, int size) {
        if (g.padding() != ConvGeometry.Padding.TENSORFLOW) {
            return g.padding() == ConvGeometry.Padding.TORCH ? 1 : 0;
        }
        int remainder = size % g.stride();
        int total = Math.max(g.kernel() - (remainder == 0 ? g.stride() : remainder), 0);
        return total / 2;
    }
}
