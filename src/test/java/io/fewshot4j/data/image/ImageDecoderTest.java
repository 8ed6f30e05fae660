package io.fewshot4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static ImageDecoder decoder(int height, int width, int channels, Resize resize) {
        return new ImageDecoder(new ImageShape(height, width, channels), resize, Fit.SQUASH, false);
    }

    private static byte[] same(BufferedImage image, String format, int channels) {
        return decoder(image.getHeight(), image.getWidth(), channels, Resize.SMOOTH)
                .decode("x", TestImages.encode(image, format));
    }

    @ParameterizedTest
    @CsvSource({
        "24, 20, 3, 803d48adbd374bddd4e5febf5371d69d8c215cb5b3ae88c6e4332761afcca6a4",
        "80, 64, 3, 8de08a63413c8734f0b80f56c71259527d45171124fecc0e82eb38df6f1f8528",
        "10, 37, 3, 731f314a8b1106f1c3a583df23cad2d2e2d6a7f0ed0df0034234423c7e462583",
        "53, 37, 1, ae48c0b3da894b3466956f5a5abd3dc6d1b227a5ec99627aea73de20ed742f8f",
        "28, 28, 1, 972e032bba7a2b7abbf157ad348ed51eb3ff997549a99cb25100e479a1ebfcb9",
    })
    void smooth_equals_pillow_bit_for_bit(int height, int width, int channels, String expected) {
        byte[] file = TestImages.encode(TestImages.colour(53, 37), "png");
        byte[] pixels = decoder(height, width, channels, Resize.SMOOTH).decode("x", file);
        assertThat(TestImages.sha256(pixels)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "105, 105, 28, 28, 5336cee5fb50e300d77ef701849920a4bc1835d544b1ee9331adedfb3c5d8941",
        "90, 100, 50, 30, 891c1502b83f3b1e607336aa400be387779596166236e6e7516ae90478aede14",
        "14, 10, 28, 28, bfd46e984ddd9a0a4fbb368609f274829a2ecf4f27a97c4eae1b79e45350e1c8"
    })
    void nearest_equals_pillow_on_1_bit_images(int fromHeight, int fromWidth, int height, int width, String expected) {
        byte[] file = TestImages.encode(TestImages.binary(fromHeight, fromWidth), "png");
        byte[] pixels = decoder(height, width, 1, Resize.NEAREST).decode("x", file);
        assertThat(TestImages.sha256(pixels)).isEqualTo(expected);
    }

    @Test
    void nearest_makes_grey_black_or_white_at_half() {
        ImageDecoder nearest = decoder(4, 4, 1, Resize.NEAREST);
        assertThat(nearest.decode("x", TestImages.flat(127))).containsOnly(0);
        assertThat(nearest.decode("x", TestImages.flat(128))).containsOnly(255);
    }

    @Test
    void inverting_takes_every_value_from_255() {
        ImageDecoder inverting = new ImageDecoder(new ImageShape(4, 4, 1), Resize.SMOOTH, Fit.SQUASH, true);
        assertThat(inverting.decode("x", TestImages.flat(255))).containsOnly(0);
        assertThat(inverting.decode("x", TestImages.flat(200))).containsOnly(55);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void formats_without_loss_keep_every_value(String format) {
        byte[] pixels = same(TestImages.colour(9, 7), format, 3);
        for (int i = 0; i < pixels.length; i++) {
            assertThat(pixels[i] & 255).isEqualTo(TestImages.pattern(i / 21, i / 3 % 7, i % 3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void a_grey_is_the_same_grey_from_every_format(String format) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            image.getRaster().setSample(i % 8, i / 8, 0, 100);
        }
        assertThat(same(image, format, 1)).containsOnly(100);
    }

    @Test
    void sixteen_bit_grey_is_scaled_to_eight() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 65535 / 5);
        assertThat(same(image, "png", 1)).containsExactly(51);
    }

    @Test
    void transparency_is_laid_on_white() {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0x80000000);
        image.setRGB(2, 0, 0xff0000ff);
        assertThat(same(image, "png", 3)).containsExactly(255, 255, 255, 127, 127, 127, 0, 0, 255);
        assertThat(same(image, "gif", 3)).startsWith(255, 255, 255).endsWith(0, 0, 255);
    }

    @Test
    void a_crop_keeps_the_middle_and_a_squash_everything() {
        BufferedImage image = new BufferedImage(12, 4, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 16; i++) {
            image.setRGB(4 + i % 4, i / 4, 0xffffff);
        }
        byte[] file = TestImages.encode(image, "png");
        ImageShape square = new ImageShape(4, 4, 1);
        assertThat(new ImageDecoder(square, Resize.SMOOTH, Fit.CROP, false).decode("x", file))
                .containsOnly(255);
        assertThat(new ImageDecoder(square, Resize.SMOOTH, Fit.SQUASH, false).decode("x", file))
                .contains(0);
    }

    /** Compares the corner that is white after a picture with a white top left corner was turned upright. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0", "2, 0, 1", "3, 1, 1", "4, 1, 0", "5, 0, 0", "6, 0, 1", "7, 1, 1", "8, 1, 0", "9, 0, 0",
    })
    void a_jpeg_is_turned_as_its_exif_orientation_says(int orientation, int bottom, int right) {
        BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, 0xffffff);
        }
        byte[] jpeg = withOrientation(TestImages.encode(image, "jpg"), orientation);
        boolean lying = orientation < 5 || orientation > 8;
        int height = lying ? 16 : 32;
        int width = lying ? 32 : 16;
        byte[] pixels = decoder(height, width, 1, Resize.SMOOTH).decode("x", jpeg);
        int corner = bottom * (height - 1) * width + right * (width - 1);
        for (int at : new int[] {0, width - 1, (height - 1) * width, height * width - 1}) {
            assertThat((pixels[at] & 255) > 128).as("corner at %d", at).isEqualTo(at == corner);
        }
    }

    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = "Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0?\0\0"
                .getBytes(StandardCharsets.ISO_8859_1);
        exif[25] = (byte) orientation;
        return ByteBuffer.allocate(jpeg.length + exif.length + 4)
                .put(jpeg, 0, 2)
                .putShort((short) 0xffe1)
                .putShort((short) (exif.length + 2))
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.tif", "lzw.tif", "jpeg.tif", "lossless.webp", "lossy-alpha.webp", "animated.gif"})
    void a_truncated_odd_image_is_named(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("odd/" + name))) {
            byte[] whole = in.readAllBytes();
            for (int length : new int[] {whole.length - 1, whole.length / 2, 40}) {
                assertThatThrownBy(() -> same(Arrays.copyOf(whole, length)))
                        .as("%s of %d bytes", name, length)
                        .isInstanceOf(FewShotException.class)
                        .hasMessage("cat/1 is cut short: replace or remove it");
            }
        }
    }

    /** Drawn as 8000x8000; two bytes of each pixel would not matter, three must not overflow anything. */
    @Test
    void a_photo_of_64_megapixels_is_read() {
        BufferedImage image = new BufferedImage(8000, 8000, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, 0xffffff);
        for (int i = 0; i < 8000; i++) {
            image.setRGB(7999, i, 0xffffff);
        }
        byte[] pixels = decoder(8, 8, 1, Resize.NEAREST).decode("x", TestImages.encode(image, "png"));
        assertThat(pixels).hasSize(64).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void a_truncated_image_is_named(String format) {
        byte[] whole = TestImages.encode(TestImages.colour(40, 40), format);
        for (int length : new int[] {whole.length - 1, whole.length / 2, 20}) {
            assertThatThrownBy(() -> same(Arrays.copyOf(whole, length)))
                    .as("%s of %d bytes", format, length)
                    .isInstanceOf(FewShotException.class)
                    .hasMessage("cat/1 is cut short: replace or remove it");
        }
    }

    private static byte[] same(byte[] file) {
        return decoder(40, 40, 3, Resize.SMOOTH).decode("cat/1", file);
    }

    @Test
    void an_image_with_a_changed_byte_is_refused() {
        byte[] file = TestImages.encode(TestImages.colour(40, 40), "png");
        file[file.length / 2] ^= 1;
        assertThatThrownBy(() -> same(file))
                .isInstanceOf(FewShotException.class)
                .hasMessageMatching("cat/1 is damaged .*wrong checksum of its chunk IDAT\\): replace or remove it");
    }

    @Test
    void a_format_s_first_bytes_alone_are_no_image() {
        byte[] file = "GIF89a nonsense that goes on for a while;".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> same(file))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("cat/1 is damaged or of a kind that cannot be read (");
    }

    @Test
    void an_empty_file_is_named() {
        assertThatThrownBy(() -> same(new byte[0]))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("cat/1 is empty");
    }

    @Test
    void a_text_is_no_image() {
        assertThatThrownBy(() -> same("a cat".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("cat/1 is not a PNG, JPEG, BMP, GIF, WebP or TIFF image: convert or remove it");
    }

    @ParameterizedTest
    @CsvSource({"20000, 10000", "1, 70000"})
    void an_image_of_too_many_pixels_is_refused_before_it_is_decoded(int height, int width) {
        byte[] file = TestImages.encode(TestImages.colour(4, 4), "png");
        ByteBuffer.wrap(file).putInt(16, width).putInt(20, height);
        CRC32 header = new CRC32();
        header.update(file, 12, 17);
        ByteBuffer.wrap(file).putInt(29, (int) header.getValue());
        assertThatThrownBy(() -> same(file))
                .isInstanceOf(FewShotException.class)
                .hasMessage("cat/1 is too large: an image may have 100000000 pixels, 65535 on a side, got " + height
                        + "x" + width + "; shrink it");
    }
}
