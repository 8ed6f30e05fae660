package io.fewshot4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageCounts;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.SeededShuffle;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.info.DataInfo;
import io.fewshot4j.data.store.PackedCache;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a stand-in: every character of Omniglot with twenty drawings, each of one dark pixel. */
class OmniglotTest {
    @TempDir
    static Path folder;

    private static Path zips;
    private static PackedCache cache;

    @BeforeAll
    static void drawOmniglot() throws IOException {
        zips = Files.createDirectories(folder.resolve("zips"));
        cache = new PackedCache(folder.resolve("cache"));
        List<byte[]> drawings =
                IntStream.range(0, 20).mapToObj(OmniglotTest::dot).toList();
        Map<String, byte[]> background = new LinkedHashMap<>();
        Map<String, byte[]> evaluation = new LinkedHashMap<>();
        OmniglotSplit.BACKGROUND_EVALUATION.classes().splits().forEach((name, split) -> {
            for (int i = 0; i < 20; i++) {
                if (split == Split.TRAIN) {
                    background.put("images_background/" + name + "/1_" + i + ".png", drawings.get(i));
                } else {
                    evaluation.put("images_evaluation/" + name + "/1_" + i + ".png", drawings.get(i));
                }
            }
        });
        TestImages.zip(zips.resolve("images_background.zip"), background);
        TestImages.zip(zips.resolve("images_evaluation.zip"), evaluation);
    }

    private static byte[] dot(int at) {
        BufferedImage image = new BufferedImage(5, 5, BufferedImage.TYPE_BYTE_BINARY);
        for (int i = 0; i < 25; i++) {
            image.setRGB(i % 5, i / 5, i == at ? 0 : 0xffffff);
        }
        return TestImages.encode(image, "png");
    }

    private static OmniglotSettings settings(OmniglotSplit split, RotatedSplits rotated) {
        return new OmniglotSettings(split, 28, Resize.NEAREST, Ink.INK_ONE, rotated);
    }

    private static SplitDataset load(OmniglotSettings settings) {
        return Omniglot.load(zips, settings, cache, DecodeProgress.silent());
    }

    @ParameterizedTest
    @CsvSource({
        "BACKGROUND_EVALUATION, 964, 0, 659",
        "RANDOM_1200, 1200, 0, 423",
        "RANDOM_1100, 1100, 100, 423",
        "VINYALS, 1028, 172, 423",
    })
    void every_split_has_its_classes_and_no_class_twice(OmniglotSplit split, int train, int validation, int test) {
        SplitDataset data = load(settings(split, RotatedSplits.NONE));
        assertThat(data.train().classCount()).isEqualTo(train);
        assertThat(data.validation().classCount()).isEqualTo(validation);
        assertThat(data.test().classCount()).isEqualTo(test);
        Set<String> names = new HashSet<>();
        for (Split part : Split.values()) {
            IntStream.range(0, data.of(part).classCount())
                    .forEach(c -> names.add(data.of(part).className(c)));
        }
        assertThat(names).hasSize(1623);
    }

    @Test
    void the_random_lists_are_what_their_seed_gives() {
        Map<String, Split> listed = OmniglotSplit.RANDOM_1100.classes().splits();
        List<String> shuffled =
                SeededShuffle.of(listed.keySet().stream().sorted().toList(), 1);
        for (int i = 0; i < shuffled.size(); i++) {
            Split expected = i < 1100 ? Split.TRAIN : i < 1200 ? Split.VALIDATION : Split.TEST;
            assertThat(listed).containsEntry(shuffled.get(i), expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"INK_ONE, 255, 0", "PAPER_ONE, 0, 255"})
    void ink_or_paper_is_one(Ink ink, int inkValue, int paperValue) {
        OmniglotSettings settings =
                new OmniglotSettings(OmniglotSplit.VINYALS, 5, Resize.NEAREST, ink, RotatedSplits.NONE);
        byte[] pixels = settings.decoder().decode("x", dot(0));
        assertThat(pixels).startsWith(inkValue, paperValue).containsOnlyOnce(inkValue);
    }

    @Test
    void rotated_classes_can_be_in_training_only_or_everywhere() {
        SplitDataset train = load(settings(OmniglotSplit.VINYALS, RotatedSplits.TRAIN));
        assertThat(train.train().classCount()).isEqualTo(4112);
        assertThat(train.test().classCount()).isEqualTo(423);
        SplitDataset all = load(settings(OmniglotSplit.VINYALS, RotatedSplits.ALL));
        assertThat(all.validation().classCount()).isEqualTo(688);
        assertThat(all.test().classCount()).isEqualTo(1692);
        assertThat(load(settings(OmniglotSplit.RANDOM_1200, RotatedSplits.ALL))
                        .validation()
                        .classCount())
                .isZero();
    }

    @Test
    void an_image_is_named_by_its_place_in_the_archive() {
        ImageDataset train =
                load(settings(OmniglotSplit.VINYALS, RotatedSplits.NONE)).train();
        assertThat(train.className(0)).isEqualTo("Alphabet_of_the_Magi/character01");
        assertThat(train.imageName(0, 0)).isEqualTo("images_background/Alphabet_of_the_Magi/character01/1_0.png");
    }

    @Test
    void a_folder_without_it_says_what_was_looked_for() {
        OmniglotSettings settings = OmniglotSettings.defaults();
        Path cacheFolder = folder.resolve("cache");
        assertThatThrownBy(() -> Omniglot.load(cacheFolder, settings, cache, DecodeProgress.silent()))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("looked for images_background.zip or a folder images_background there and one");
        assertThatThrownBy(() -> Omniglot.load(folder.resolve("none"), settings, cache, DecodeProgress.silent()))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("Omniglot is not in " + folder.resolve("none"));
    }

    @Test
    void a_missing_drawing_is_named() {
        Path unpacked = folder.resolve("unpacked");
        TestImages.write(unpacked.resolve("data/images_background/Greek/character01/1.png"), dot(0));
        TestImages.write(unpacked.resolve("images_evaluation/images_evaluation/Angelic/character01/1.png"), dot(0));
        assertThatThrownBy(() -> Omniglot.load(unpacked, OmniglotSettings.defaults(), cache, DecodeProgress.silent()))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "Omniglot in " + unpacked + " is not whole: Alphabet_of_the_Magi/character01 lacks 20 of its"
                                + " 20 drawings (1623 characters lack some); fetch or unpack it again");
    }

    @Test
    void an_image_that_omniglot_does_not_have_is_named() {
        Path unpacked = folder.resolve("foreign");
        TestImages.write(unpacked.resolve("images_background/Greek/character99/1.png"), dot(0));
        TestImages.write(unpacked.resolve("images_evaluation/Angelic/character01/1.png"), dot(0));
        assertThatThrownBy(() -> Omniglot.load(unpacked, OmniglotSettings.defaults(), cache, DecodeProgress.silent()))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("character99/1.png does not belong to Omniglot");
        Path shallow = folder.resolve("shallow");
        TestImages.write(shallow.resolve("images_background/1.png"), dot(0));
        TestImages.write(shallow.resolve("images_evaluation/1.png"), dot(0));
        assertThatThrownBy(() -> Omniglot.load(shallow, OmniglotSettings.defaults(), cache, DecodeProgress.silent()))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("images_background/1.png is out of place");
    }

    @Test
    void its_kind_and_numbers_are_found() {
        DataInfo info = DataInfo.of(zips, cache, DecodeProgress.silent());
        assertThat(info.kind()).isEqualTo(DataInfo.Kind.OMNIGLOT);
        assertThat(info.shape()).isEqualTo(new ImageShape(28, 28, 1));
        assertThat(info.parts().get(0).counts()).isEqualTo(new ImageCounts(1028, 20560, 20, 20));
        assertThat(info.warnings()).isEmpty();
    }

    @Test
    void an_image_size_out_of_range_is_refused() {
        assertThatThrownBy(() ->
                        new OmniglotSettings(OmniglotSplit.VINYALS, 0, Resize.NEAREST, Ink.INK_ONE, RotatedSplits.NONE))
                .hasMessage("image-size must be 1 to 1024, got 0");
    }
}
