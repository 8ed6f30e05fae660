package io.fewshot4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * SHA-256 over shape, class names and pixels. One digest per class (name, pixels of its images in order, their number)
 * and one over shape and class digests, so that a part of a data set has its fingerprint without reading it again.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /** A data set that knows its classes' digests. */
    public interface Digested extends ImageDataset {
        /** The digest of one class, in hex. */
        String classDigest(int classIndex);

        @Override
        default String fingerprint() {
            return Fingerprint.of(this);
        }
    }

    /** The fingerprint of any data set, reading what is not known. */
    public static String of(ImageDataset data) {
        List<String> digests = IntStream.range(0, data.classCount())
                .mapToObj(c -> ofClass(data, c))
                .toList();
        MessageDigest sha = sha256();
        ImageShape shape = data.shape();
        sha.update(ints(shape.height(), shape.width(), shape.channels(), digests.size()));
        digests.forEach(digest -> sha.update(HexFormat.of().parseHex(digest)));
        return HexFormat.of().formatHex(sha.digest());
    }

    public static String ofClass(ImageDataset data, int classIndex) {
        return data instanceof Digested known ? known.classDigest(classIndex) : read(data, classIndex);
    }

    /** A class's digest from its pixels. */
    static String read(ImageDataset data, int classIndex) {
        OfClass digest = new OfClass(data.className(classIndex));
        byte[] pixels = new byte[data.shape().size()];
        for (int i = 0; i < data.imageCount(classIndex); i++) {
            data.read(classIndex, i, pixels, 0);
            digest.add(pixels);
        }
        return digest.hex();
    }

    /** SHA-256 in hex over the pixels of a class's first and last image, whatever its name. */
    public static String ofEnds(ImageDataset data, int classIndex) {
        MessageDigest sha = sha256();
        byte[] pixels = new byte[data.shape().size()];
        for (int image : new int[] {0, data.imageCount(classIndex) - 1}) {
            data.read(classIndex, image, pixels, 0);
            sha.update(pixels);
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** A class's digest while its images come in. */
    public static final class OfClass {
        private final MessageDigest sha = sha256();
        private int images;

        public OfClass(String name) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            sha.update(ints(text.length));
            sha.update(text);
        }

        public void add(byte[] pixels) {
            sha.update(pixels);
            images++;
        }

        public String hex() {
            sha.update(ints(images));
            return HexFormat.of().formatHex(sha.digest());
        }
    }

    public static String ofText(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
