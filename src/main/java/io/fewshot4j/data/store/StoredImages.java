package io.fewshot4j.data.store;

import io.fewshot4j.data.Fingerprint;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.store.ImageIndex.ClassEntry;

/** A data set over pixels that lie one image after another, on the heap or in a mapped file. */
final class StoredImages implements Fingerprint.Digested {
    private final ImageIndex index;
    private final Pixels pixels;
    private final int[] firstImage;

    /** The bytes of the images. */
    @FunctionalInterface
    interface Pixels {
        /** Copies one image, counted over all classes. */
        void read(int image, byte[] target, int offset);
    }

    StoredImages(ImageIndex index, Pixels pixels) {
        this.index = index;
        this.pixels = pixels;
        firstImage = new int[index.classes().size()];
        for (int c = 1; c < firstImage.length; c++) {
            firstImage[c] = firstImage[c - 1] + imageCount(c - 1);
        }
    }

    private ClassEntry entry(int classIndex) {
        return index.classes().get(classIndex);
    }

    @Override
    public ImageShape shape() {
        return index.shape();
    }

    @Override
    public int classCount() {
        return index.classes().size();
    }

    @Override
    public String className(int classIndex) {
        return entry(classIndex).name();
    }

    @Override
    public int imageCount(int classIndex) {
        return entry(classIndex).images().size();
    }

    @Override
    public String imageName(int classIndex, int image) {
        return entry(classIndex).images().get(image);
    }

    @Override
    public void read(int classIndex, int image, byte[] target, int offset) {
        if (image < 0 || image >= imageCount(classIndex)) {
            throw new IndexOutOfBoundsException("class " + className(classIndex) + " has " + imageCount(classIndex)
                    + " images, asked for number " + image);
        }
        pixels.read(firstImage[classIndex] + image, target, offset);
    }

    @Override
    public String classDigest(int classIndex) {
        return entry(classIndex).digest();
    }
}
