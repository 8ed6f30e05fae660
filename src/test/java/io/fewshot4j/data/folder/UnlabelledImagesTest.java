package io.fewshot4j.data.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.TestImages;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabelledImagesTest {
    private static final ImageDecoder DECODER =
            new ImageFolderSettings(4, 4, 1, Fit.SQUASH, false, 0.2, 0.2, 1, "", 1, 0).decoder();

    @TempDir
    Path folder;

    @Test
    void unlabelled_images_come_from_a_folder_or_a_file() {
        TestImages.write(folder.resolve("b.png"), TestImages.flat(0));
        TestImages.write(folder.resolve("a/c.png"), TestImages.flat(1));
        UnlabelledImages some = UnlabelledImages.read(folder, DECODER, DecodeProgress.silent());
        assertThat(some.count()).isEqualTo(2);
        assertThat(some.name(0)).isEqualTo("a/c.png");
        byte[] pixels = new byte[some.shape().size()];
        some.read(0, pixels, 0);
        assertThat(pixels).containsOnly(1);
        UnlabelledImages one = UnlabelledImages.read(folder.resolve("b.png"), DECODER, DecodeProgress.silent());
        assertThat(one.count()).isEqualTo(1);
        assertThat(one.name(0)).isEqualTo("b.png");
    }
}
