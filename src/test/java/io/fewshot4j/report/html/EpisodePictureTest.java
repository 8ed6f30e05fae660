package io.fewshot4j.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.report.EpisodePicture;
import io.fewshot4j.report.SampleRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpisodePictureTest {
    @Test
    void answers_name_the_true_and_the_predicted_class() {
        EpisodePicture picture = SampleRun.picture(new ImageShape(28, 28, 1), 3);

        assertThat(picture.answers()).hasSize(15).filteredOn(a -> !a.right()).hasSize(2);
        assertThat(picture.answers().get(10))
                .isEqualTo(new EpisodePicture.Answer("Greek/alpha", "Tibetan/ཀ", 0.92, false));
    }

    @Test
    void scores_of_another_episode_are_refused() {
        EpisodePicture picture = SampleRun.picture(new ImageShape(28, 28, 1), 3);

        assertThatThrownBy(
                        () -> new EpisodePicture(picture.episode(), new Scores(5, new double[5]), picture.statistics()))
                .hasMessage("scores must be of 15 queries and 5 classes, got 1 and 5");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void pictures_hold_the_very_pixels(int channels) throws IOException {
        var images =
                SampleRun.picture(new ImageShape(28, 28, channels), 1).episode().query();

        String uri = Pictures.dataUri(images, 2);
        byte[] png = Base64.getDecoder().decode(uri.substring("data:image/png;base64,".length()));
        var raster = ImageIO.read(new ByteArrayInputStream(png)).getRaster();

        assertThat(raster.getNumBands()).isEqualTo(channels);
        float[] read = raster.getPixels(0, 0, 28, 28, new float[images.shape().size()]);
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i])
                    .isEqualTo(255 * images.pixels()[2 * images.shape().size() + i]);
        }
    }
}
