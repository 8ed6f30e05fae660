package io.fewshot4j.report.html;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.LabelledImages;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images as PNG in data URIs. */
final class Pictures {
    private Pictures() {}

    /** One image as it was before it was normalised. */
    static String dataUri(LabelledImages images, int index) {
        ImageShape shape = images.shape();
        int type = shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), type);
        WritableRaster raster = picture.getRaster();
        int[] samples = new int[shape.size()];
        for (int i = 0; i < samples.length; i++) {
            float value =
                    images.normalisation().toUnit(images.pixels()[index * shape.size() + i], i % shape.channels());
            samples[i] = Math.round(255 * Math.min(1, Math.max(0, value)));
        }
        raster.setPixels(0, 0, shape.width(), shape.height(), samples);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(picture));
    }

    private static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
