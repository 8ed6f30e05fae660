package io.fewshot4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.data.ImageShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of {@code scripts/odd-images} against the pixels that Pillow 12.3.0 read from them. */
class OddImagesTest {
    /** Pillow interpolates a lossy WebP's chroma, its reader here repeats it. */
    private static final Set<String> REPEATED_CHROMA = Set.of("lossy.webp", "lossy-alpha.webp");

    /** A file, and what Pillow read: red, green and blue. */
    record Odd(String name, int height, int width, String pixels) {
        byte[] file() throws IOException {
            return resource(name);
        }

        byte[] rgb() throws IOException {
            byte[] packed = Base64.getDecoder().decode(pixels);
            return new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = OddImagesTest.class.getResourceAsStream("odd/" + name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }

    static Stream<Odd> all() throws IOException {
        List<String> lines = new String(resource("pixels.csv"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        return lines.stream()
                .map(line -> line.split(",", -1))
                .map(cells -> new Odd(cells[0], Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), cells[3]));
    }

    @Test
    void there_are_more_than_sixty() throws IOException {
        assertThat(all()).hasSizeGreaterThan(60);
    }

    @ParameterizedTest
    @MethodSource("all")
    void an_odd_image_has_pillow_s_pixels(Odd odd) throws IOException {
        ImageShape shape = new ImageShape(odd.height(), odd.width(), 3);
        byte[] found = new ImageDecoder(shape, Resize.SMOOTH, Fit.SQUASH, false).decode(odd.name(), odd.file());

        assertThat(largestDifference(odd.rgb(), found))
                .isLessThanOrEqualTo(REPEATED_CHROMA.contains(odd.name()) ? 12 : 0);
    }

    private static int largestDifference(byte[] expected, byte[] found) {
        assertThat(found).hasSameSizeAs(expected);
        int largest = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs((expected[i] & 255) - (found[i] & 255)));
        }
        return largest;
    }
}
