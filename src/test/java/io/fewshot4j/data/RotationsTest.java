package io.fewshot4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.data.folder.ImageFolder;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.data.image.TestImages;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotationsTest {
    private static final ImageShape GREY = new ImageShape(2, 2, 1);

    @ParameterizedTest
    @CsvSource({"0, 1 2 3 4", "1, 2 4 1 3", "2, 4 3 2 1", "3, 3 1 4 2"})
    void a_turn_is_counter_clockwise(int quarterTurns, String expected) {
        byte[] target = new byte[5];
        Rotations.turn(GREY, quarterTurns, new byte[] {1, 2, 3, 4}, target, 1);
        assertThat(Arrays.toString(target)).isEqualTo("[0, " + expected.replace(" ", ", ") + "]");
    }

    @Test
    void channels_stay_together() {
        byte[] target = new byte[12];
        Rotations.turn(new ImageShape(2, 2, 3), 1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, target, 0);
        assertThat(target).containsExactly(4, 5, 6, 10, 11, 12, 1, 2, 3, 7, 8, 9);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4})
    void turns_out_of_range_are_refused(int quarterTurns) {
        assertThatThrownBy(() -> Rotations.turn(GREY, quarterTurns, new byte[4], new byte[4], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quarter turns must be 0 to 3, got " + quarterTurns);
    }

    @Test
    void only_squares_can_be_turned() {
        assertThatThrownBy(() -> Rotations.turn(new ImageShape(2, 3, 1), 1, new byte[6], new byte[6], 0))
                .hasMessage("only a square image can be turned, got 2x3");
    }

    @Test
    void rotated_classes_follow_the_drawn_ones(@TempDir Path folder) {
        TestImages.write(folder.resolve("a/1.png"), TestImages.encode(TestImages.colour(3, 3), "png"));
        TestImages.write(folder.resolve("b/1.png"), TestImages.flat(9));
        ImageDecoder decoder = new ImageDecoder(new ImageShape(3, 3, 3), Resize.SMOOTH, Fit.SQUASH, false);
        ImageDataset drawn = ImageFolder.read(folder, decoder, DecodeProgress.silent());
        ImageDataset turned = new RotatedClasses(drawn);
        assertThat(turned.classCount()).isEqualTo(8);
        assertThat(turned.className(1)).isEqualTo("b");
        assertThat(turned.className(2)).isEqualTo("a/rot090");
        assertThat(turned.className(7)).isEqualTo("b/rot270");
        assertThat(turned.imageName(2, 0)).isEqualTo("a/1.png");
        assertThat(turned.imageCount(2)).isEqualTo(1);
        byte[] expected = new byte[27];
        Rotations.turn(drawn.shape(), 1, TestImages.read(drawn, 0, 0), expected, 0);
        assertThat(TestImages.read(turned, 2, 0)).isEqualTo(expected);
        assertThat(turned.fingerprint())
                .isEqualTo(Fingerprint.of(new Plain(turned)))
                .isNotEqualTo(drawn.fingerprint());
    }

    /** Hides what a data set knows of its digests. */
    private record Plain(ImageDataset data) implements ImageDataset {
        @Override
        public ImageShape shape() {
            return data.shape();
        }

        @Override
        public int classCount() {
            return data.classCount();
        }

        @Override
        public String className(int classIndex) {
            return data.className(classIndex);
        }

        @Override
        public int imageCount(int classIndex) {
            return data.imageCount(classIndex);
        }

        @Override
        public String imageName(int classIndex, int image) {
            return data.imageName(classIndex, image);
        }

        @Override
        public void read(int classIndex, int image, byte[] target, int offset) {
            data.read(classIndex, image, target, offset);
        }

        @Override
        public String fingerprint() {
            return "";
        }
    }
}
