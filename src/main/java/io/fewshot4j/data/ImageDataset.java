package io.fewshot4j.data;

/** Images of one size grouped by class, as bytes. Implementations are immutable and safe to read from many threads. */
public interface ImageDataset {
    /** The size that all images share. */
    ImageShape shape();

    /** Number of classes. */
    int classCount();

    /** The name of a class, unique in the data set. */
    String className(int classIndex);

    /** Number of images of a class. */
    int imageCount(int classIndex);

    /** Origin of an image, for messages and reports: a file's name or "drawn". */
    String imageName(int classIndex, int image);

    /**
     * Copies the {@code shape().size()} bytes of an image (0 to 255, rows, channel last) to {@code target} from
     * {@code offset}.
     */
    void read(int classIndex, int image, byte[] target, int offset);

    /** SHA-256 in hex over shape, class names and pixels: equal for equal data on any machine. */
    String fingerprint();
}
