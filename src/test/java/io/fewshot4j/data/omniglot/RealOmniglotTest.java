package io.fewshot4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageCounts;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.data.image.TestImages;
import io.fewshot4j.data.store.PackedCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the real archives, where they are. */
class RealOmniglotTest {
    private static final Path DATA = Path.of(System.getProperty("fewshot4j.shared", "../shared"), "data");

    @TempDir
    static Path folder;

    private static SplitDataset paper;

    @BeforeAll
    static void load() {
        Path omniglot = DATA.resolve("omniglot");
        assumeTrue(Files.exists(omniglot.resolve("images_background.zip")), "absent: " + omniglot);
        OmniglotSettings settings = new OmniglotSettings(
                OmniglotSplit.BACKGROUND_EVALUATION, 28, Resize.NEAREST, Ink.PAPER_ONE, RotatedSplits.NONE);
        paper = Omniglot.load(omniglot, settings, new PackedCache(folder), DecodeProgress.silent());
    }

    @Test
    void background_has_964_and_evaluation_659_characters_of_20_drawings() {
        assertThat(ImageCounts.of(paper.train())).isEqualTo(new ImageCounts(964, 19280, 20, 20));
        assertThat(ImageCounts.of(paper.test())).isEqualTo(new ImageCounts(659, 13180, 20, 20));
    }

    /** Pillow: {@code open(f).resize((28, 28), LANCZOS).convert("L")}, of every character's drawing 07. */
    @Test
    void pixels_equal_pillow_s() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ImageDataset part : new ImageDataset[] {paper.train(), paper.test()}) {
            for (int c = 0; c < part.classCount(); c++) {
                assertThat(part.imageName(c, 6)).endsWith("_07.png");
                all.writeBytes(TestImages.read(part, c, 6));
            }
        }
        assertThat(TestImages.sha256(all.toByteArray()))
                .isEqualTo("19720d9a545bc5495c7f2d91a4a3ea5b2324d0e549ffddd9c550842e06a3297e");
    }

    @Test
    void the_shipped_vinyals_list_is_the_published_one() throws IOException {
        Map<String, Split> published = new TreeMap<>();
        for (String line : Files.readAllLines(DATA.resolve("splits/omniglot-vinyals.csv"))) {
            String[] cells = line.split(",", -1);
            if (!cells[0].equals("alphabet")) {
                String split = cells[2].equals("val") ? "validation" : cells[2];
                published.put(cells[0] + "/" + cells[1], Split.valueOf(split.toUpperCase(Locale.ROOT)));
            }
        }
        assertThat(OmniglotSplit.VINYALS.classes().splits()).isEqualTo(published);
    }

    /** Noted from the first run: a change means that trained models no longer match their data. */
    @Test
    void the_fingerprint_stays() {
        assertThat(paper.train().fingerprint())
                .isEqualTo("86a0e1586e491307d79f33a5af73ae50ae9a5c01095633a2f7f9433ed49ad513");
    }
}
