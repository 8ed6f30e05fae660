package io.fewshot4j.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Each class four times, as drawn and turned counter-clockwise by a quarter, a half and three quarters: first all
 * classes as drawn, then all with the suffix {@code /rot090}, and so on.
 */
public final class RotatedClasses implements Fingerprint.Digested {
    private static final String[] SUFFIXES = {"", "/rot090", "/rot180", "/rot270"};

    private final ImageDataset base;
    private final Map<Integer, String> digests = new ConcurrentHashMap<>();

    /** Over a data set of square images. */
    public RotatedClasses(ImageDataset base) {
        Rotations.requireSquare(base.shape());
        this.base = base;
    }

    private int baseClass(int classIndex) {
        return classIndex % base.classCount();
    }

    private int turns(int classIndex) {
        return classIndex / base.classCount();
    }

    @Override
    public ImageShape shape() {
        return base.shape();
    }

    @Override
    public int classCount() {
        return base.classCount() * SUFFIXES.length;
    }

    @Override
    public String className(int classIndex) {
        return base.className(baseClass(classIndex)) + SUFFIXES[turns(classIndex)];
    }

    @Override
    public int imageCount(int classIndex) {
        return base.imageCount(baseClass(classIndex));
    }

    @Override
    public String imageName(int classIndex, int image) {
        return base.imageName(baseClass(classIndex), image);
    }

    @Override
    public void read(int classIndex, int image, byte[] target, int offset) {
        byte[] drawn = new byte[shape().size()];
        base.read(baseClass(classIndex), image, drawn, 0);
        Rotations.turn(shape(), turns(classIndex), drawn, target, offset);
    }

    @Override
    public String classDigest(int classIndex) {
        return digests.computeIfAbsent(classIndex, c -> Fingerprint.read(this, c));
    }
}
