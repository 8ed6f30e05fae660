package io.fewshot4j.nn;

import io.fewshot4j.graph.ConvGeometry;
import java.util.Arrays;

/**
 * The first convolution's patches: for each output position the pixels under the kernel, so that it becomes a matrix
 * product.
 */
public final class Patches implements ImageEncoding {
    private final int columns;
    private final int imageSize;
    private final int[] sources;

    /** Patches of a first convolution. */
    public Patches(ConvGeometry geometry) {
        columns = geometry.weights().rows();
        imageSize = geometry.height() * geometry.width() * geometry.channels();
        sources = new int
                [geometry.outHeight() * geometry.outWidth() * geometry.weights().rows()];
        Arrays.setAll(sources, i -> source(geometry, i));
    }

    /** The pixel behind entry {@code i} of one image's patches; -1 for padding. */
    private static int source(ConvGeometry g, int i) {
        int channel = i % g.channels();
        int kernelColumn = i / g.channels() % g.kernel();
        int kernelRow = i / g.channels() / g.kernel() % g.kernel();
        int position = i / g.weights().rows();
        int row = position / g.outWidth() * g.stride() + kernelRow - g.before(g.height());
        int column = position % g.outWidth() * g.stride() + kernelColumn - g.before(g.width());
        boolean inside = row >= 0 && row < g.height() && column >= 0 && column < g.width();
        return inside ? (row * g.width() + column) * g.channels() + channel : -1;
    }

    @Override
    public int rows() {
        return sources.length / columns;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void encode(float[] pixels, int image, float[] rows) {
        int from = image * imageSize;
        for (int i = 0; i < sources.length; i++) {
            rows[i] = sources[i] >= 0 ? pixels[from + sources[i]] : 0;
        }
    }

    /** Patches [images x positions, 9 x channels] of all images, in double. */
    public double[] of(double[] pixels) {
        int images = pixels.length / imageSize;
        double[] result = new double[images * sources.length];
        for (int i = 0; i < result.length; i++) {
            int source = sources[i % sources.length];
            result[i] = source < 0 ? 0 : pixels[i / sources.length * imageSize + source];
        }
        return result;
    }
}
