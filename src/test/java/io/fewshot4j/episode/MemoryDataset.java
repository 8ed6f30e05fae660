package io.fewshot4j.episode;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;

/** A made-up data set: image {@code i} of class {@code c} starts with the bytes c and i, the rest counts its pixels. */
public record MemoryDataset(int classCount, int images, ImageShape shape) implements ImageDataset {
    @Override
    public String className(int classIndex) {
        return "class" + classIndex;
    }

    @Override
    public int imageCount(int classIndex) {
        return images;
    }

    @Override
    public String imageName(int classIndex, int image) {
        return "made up";
    }

    @Override
    public void read(int classIndex, int image, byte[] target, int offset) {
        for (int i = 0; i < shape.size(); i++) {
            target[offset + i] = (byte) i;
        }
        target[offset] = (byte) classIndex;
        target[offset + 1] = (byte) image;
    }

    @Override
    public String fingerprint() {
        return "memory-" + classCount + "-" + images + "-" + shape;
    }
}
