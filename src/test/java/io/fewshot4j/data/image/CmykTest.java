package io.fewshot4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.data.ImageShape;
import java.awt.Point;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CmykTest {
    /** 8x8 pixels of the same four samples. */
    private static byte[] jpeg(int... samples) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, new Point(0, 0));
        for (int i = 0; i < 64; i++) {
            raster.setPixel(i % 8, i / 8, samples);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(raster, List.of(), null));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] withAdobe(byte[] jpeg, int transform) {
        byte[] segment = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
        };
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.writeBytes(segment);
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }

    private static byte[] decode(byte[] jpeg, int channels) {
        return new ImageDecoder(new ImageShape(8, 8, channels), Resize.SMOOTH, Fit.SQUASH, false)
                .decode("inks.jpg", jpeg);
    }

    /**
     * Checks that what is stored is the light that an ink lets through; black darkens all: red = stored cyan * stored
     * black / 255.
     */
    @ParameterizedTest
    @CsvSource({"255, 255, 255, 255, 255, 255, 255", "255, 0, 0, 255, 255, 0, 0", "200, 100, 50, 128, 100, 50, 25"})
    void four_inks_become_colours(int c, int m, int y, int k, int red, int green, int blue) throws IOException {
        byte[] pixels = decode(withAdobe(jpeg(c, m, y, k), 0), 3);

        assertThat(pixels[30] & 255).isBetween(red - 2, red + 2);
        assertThat(pixels[31] & 255).isBetween(green - 2, green + 2);
        assertThat(pixels[32] & 255).isBetween(blue - 2, blue + 2);
    }

    /** Luma 76, chroma 85 and 255 are pure red (JFIF): stored inks are its inverse, cyan 0. */
    @Test
    void luma_and_chroma_become_inks_first() throws IOException {
        byte[] pixels = decode(withAdobe(jpeg(76, 85, 255, 255), 2), 3);

        assertThat(pixels[30] & 255).isLessThan(4);
        assertThat(pixels[31] & 255).isGreaterThan(251);
        assertThat(pixels[32] & 255).isGreaterThan(251);
    }

    @Test
    void inks_without_adobe_s_segment_become_grey() throws IOException {
        assertThat(decode(jpeg(255, 255, 255, 128), 1)[5] & 255).isBetween(126, 130);
    }
}
