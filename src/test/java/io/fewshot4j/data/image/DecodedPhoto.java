package io.fewshot4j.data.image;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that decodes an image file to one grey pixel, and prints that, or why not. */
final class DecodedPhoto {
    private DecodedPhoto() {}

    public static void main(String[] arguments) throws IOException {
        ImageDecoder decoder = new ImageDecoder(new ImageShape(1, 1, 1), Resize.SMOOTH, Fit.SQUASH, false);
        try {
            System.out.println(decoder.decode("photo", Files.readAllBytes(Path.of(arguments[0])))[0] & 255);
        } catch (FewShotException e) {
            System.out.println(e.getMessage());
        }
    }
}
