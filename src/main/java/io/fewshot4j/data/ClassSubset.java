package io.fewshot4j.data;

import java.util.List;

/** Some classes of a data set, in the order given. */
public final class ClassSubset implements Fingerprint.Digested {
    private final ImageDataset base;
    private final List<Integer> classes;

    /** Shows the classes with these indices. */
    public ClassSubset(ImageDataset base, List<Integer> classes) {
        this.base = base;
        this.classes = List.copyOf(classes);
    }

    @Override
    public ImageShape shape() {
        return base.shape();
    }

    @Override
    public int classCount() {
        return classes.size();
    }

    @Override
    public String className(int classIndex) {
        return base.className(classes.get(classIndex));
    }

    @Override
    public int imageCount(int classIndex) {
        return base.imageCount(classes.get(classIndex));
    }

    @Override
    public String imageName(int classIndex, int image) {
        return base.imageName(classes.get(classIndex), image);
    }

    @Override
    public void read(int classIndex, int image, byte[] target, int offset) {
        base.read(classes.get(classIndex), image, target, offset);
    }

    @Override
    public String classDigest(int classIndex) {
        return Fingerprint.ofClass(base, classes.get(classIndex));
    }
}
