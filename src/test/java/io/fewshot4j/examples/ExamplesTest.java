package io.fewshot4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The examples as a user runs them, on drawn characters. */
@ResourceLock(Resources.SYSTEM_OUT)
final class ExamplesTest {
    private static final int SIZE = 28;
    private final ImageDataset drawn =
            Glyphs.draw(new GlyphsSettings(40, 0, 2, 20, SIZE, 0.5, 3)).train();

    @TempDir
    Path folder;

    /** The lines that a program prints. */
    private static String printed(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void write(Path to, int classIndex, int image) throws IOException {
        byte[] pixels = new byte[SIZE * SIZE];
        drawn.read(classIndex, image, pixels, 0);
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, SIZE, SIZE, pixels);
        Files.createDirectories(to.toAbsolutePath().getParent());
        ImageIO.write(picture, "png", to.toFile());
    }

    private Path classes(String name, int from, int to, int images) throws IOException {
        Path all = folder.resolve(name);
        for (int c = from; c < to; c++) {
            for (int i = 0; i < images; i++) {
                write(all.resolve("class" + c).resolve(i + ".png"), c, i);
            }
        }
        return all;
    }

    @Test
    void a_few_statements_train_on_folders_and_classify_an_image_also_from_the_run() throws IOException {
        Path training = classes("images", 5, 40, 20);
        Path examples = classes("examples", 0, 5, 3);
        write(folder.resolve("new.png"), 2, 9);
        String run = folder.resolve("run").toString();

        assertThat(printed(() -> TrainOnFolders.main(
                        training.toString(),
                        run,
                        examples.toString(),
                        folder.resolve("new.png").toString())))
                .matches("(?s).*new.png: class2, \\d+ %\\R");
        assertThat(printed(() -> ClassifyFromCode.main(
                        run, examples.toString(), examples.resolve("class4").toString())))
                .contains("0.png: {class0=")
                .contains("2.png: {class0=");
    }

    @Test
    void a_network_of_ones_own_is_trained_by_maml_and_by_prototypical_networks() {
        String lines = printed(() -> OwnNetwork.main(folder.toString()));

        assertThat(accuracy(lines, "maml, BATCH: ([\\d.]+) %")).isGreaterThan(40);
        assertThat(accuracy(lines, "protonet, RUNNING: ([\\d.]+) %")).isGreaterThan(40);
    }

    @Test
    void a_learner_of_ones_own_learns() {
        assertThat(accuracy(printed(() -> OwnLearner.main(folder.resolve("run").toString())), "BATCH: ([\\d.]+) %"))
                .isGreaterThan(50);
    }

    @Test
    void maml_learns_sine_waves() {
        String lines = printed(() -> Sinusoids.main(folder.resolve("run").toString()));

        assertThat(lines).contains("trained for 2000 iterations");
        assertThat(accuracy(lines, "iteration 2000: mean squared error ([\\d.]+)"))
                .isLessThan(4);
    }

    private static double accuracy(String lines, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(lines);
        assertThat(matcher.find()).as(lines).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
