package io.fewshot4j.faults;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Grey images by class: a pattern of the class, with noise of the image. */
final class Pictures {
    private Pictures() {}

    static void write(Path folder, int classNumber, int from, int to, int size) throws IOException {
        Files.createDirectories(folder);
        for (int image = from; image < to; image++) {
            ImageIO.write(
                    draw(classNumber, image, size),
                    "png",
                    folder.resolve("image" + image + ".png").toFile());
        }
    }

    private static BufferedImage draw(int classNumber, int image, int size) {
        Random noise = new Random(1000L * classNumber + image);
        BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < size * size; i++) {
            int blocks = new Random(classNumber + 31L * (i % size / 4 + size * (i / size / 4))).nextInt(2);
            picture.getRaster().setSample(i % size, i / size, 0, 60 + 100 * blocks + noise.nextInt(90));
        }
        return picture;
    }
}
