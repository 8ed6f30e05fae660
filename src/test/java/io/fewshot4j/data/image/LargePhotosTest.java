package io.fewshot4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PNG of 64 million pixels in colour, each 96, in large heaps and small. */
class LargePhotosTest {
    private static final int SIDE = 8000;

    @TempDir
    private static Path folder;

    private static Path photo;

    @BeforeAll
    static void draw() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 137, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream numbers = new DataOutputStream(header);
        numbers.writeInt(SIDE);
        numbers.writeInt(SIDE);
        numbers.write(new byte[] {8, 2, 0, 0, 0});
        chunk(file, "IHDR", header.toByteArray());
        byte[] row = new byte[1 + 3 * SIDE];
        Arrays.fill(row, 1, row.length, (byte) 96);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream packed = new DeflaterOutputStream(pixels)) {
            for (int y = 0; y < SIDE; y++) {
                packed.write(row);
            }
        }
        chunk(file, "IDAT", pixels.toByteArray());
        chunk(file, "IEND", new byte[0]);
        photo = Files.write(folder.resolve("photo.png"), file.toByteArray());
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes(StandardCharsets.US_ASCII));
        checksum.update(content);
        out.writeInt(content.length);
        out.writeBytes(type);
        out.write(content);
        out.writeInt((int) checksum.getValue());
    }

    private static String decoded(String heap) throws IOException {
        try (ChildProcess program = ChildProcess.start(DecodedPhoto.class, heap, photo)) {
            return program.line();
        }
    }

    @Test
    void a_photo_of_64_megapixels_is_decoded_in_a_heap_of_600_megabytes() throws IOException {
        assertThat(decoded("600m")).isEqualTo("96");
    }

    @Test
    void a_heap_that_is_too_small_is_no_damage_of_the_image() throws IOException {
        for (String heap : new String[] {"64m", "250m"}) {
            assertThat(decoded(heap))
                    .startsWith("photo of 8000x8000 pixels needs more memory than Java has here (")
                    .endsWith(" MB): shrink it, or set FEWSHOT4J_OPTS=-Xmx4g");
        }
    }
}
