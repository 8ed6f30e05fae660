package io.fewshot4j.data.glyphs;

import io.fewshot4j.data.Fingerprint;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import java.util.List;

/** Images made in memory: an array for each class, its images one after another. */
final class DrawnImages implements ImageDataset {
    private final ImageShape shape;
    private final List<String> names;
    private final List<byte[]> classes;
    private final String fingerprint;

    /** Takes ownership of the arrays. */
    DrawnImages(ImageShape shape, List<String> names, List<byte[]> classes) {
        this.shape = shape;
        this.names = List.copyOf(names);
        this.classes = List.copyOf(classes);
        this.fingerprint = Fingerprint.of(this);
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int classCount() {
        return names.size();
    }

    @Override
    public String className(int classIndex) {
        return names.get(classIndex);
    }

    @Override
    public int imageCount(int classIndex) {
        return classes.get(classIndex).length / shape.size();
    }

    @Override
    public String imageName(int classIndex, int image) {
        return "drawn";
    }

    @Override
    public void read(int classIndex, int image, byte[] target, int offset) {
        System.arraycopy(classes.get(classIndex), image * shape.size(), target, offset, shape.size());
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
