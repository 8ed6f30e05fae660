package io.fewshot4j.cli;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A user's own images: drawn characters as files, black ink on white paper, in a folder for each class. */
record OwnImages(Path folder) {
    private static final ImageDataset GLYPHS =
            Glyphs.draw(new GlyphsSettings(8, 0, 2, 20, 20, 0.2, 3)).train();

    /** Writes the drawings {@code from} to {@code to - 1} of a character. */
    void write(String subfolder, int character, int from, int to) throws IOException {
        Files.createDirectories(folder.resolve(subfolder));
        for (int drawing = from; drawing < to; drawing++) {
            Path file = folder.resolve(subfolder).resolve("c" + character + "-" + drawing + ".png");
            ImageIO.write(image(character, drawing), "png", file.toFile());
        }
    }

    private static BufferedImage image(int character, int drawing) {
        int size = GLYPHS.shape().width();
        byte[] pixels = new byte[GLYPHS.shape().size()];
        GLYPHS.read(character, drawing, pixels, 0);
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < pixels.length; i++) {
            image.getRaster().setSample(i % size, i / size, 0, 255 - (pixels[i] & 0xff));
        }
        return image;
    }
}
