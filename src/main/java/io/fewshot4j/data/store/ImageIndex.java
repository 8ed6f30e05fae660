package io.fewshot4j.data.store;

import io.fewshot4j.data.Fingerprint;
import io.fewshot4j.data.ImageShape;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Contents of a store of pixels: images lie class by class in this order. */
record ImageIndex(ImageShape shape, List<ClassEntry> classes) {
    ImageIndex {
        classes = List.copyOf(classes);
    }

    /** One class: its name, its images' names, and the digest of its pixels. */
    record ClassEntry(String name, List<String> images, String digest) {
        ClassEntry {
            HexFormat.of().parseHex(digest); // refuses what is none
            images = List.copyOf(images);
        }
    }

    long imageCount() {
        return classes.stream().mapToLong(c -> c.images().size()).sum();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(shape.height());
        out.writeInt(shape.width());
        out.writeInt(shape.channels());
        out.writeInt(classes.size());
        for (ClassEntry entry : classes) {
            out.writeUTF(entry.name());
            out.writeUTF(entry.digest());
            out.writeInt(entry.images().size());
            for (String image : entry.images()) {
                out.writeUTF(image);
            }
        }
    }

    static ImageIndex read(DataInput in) throws IOException {
        ImageShape shape = new ImageShape(in.readInt(), in.readInt(), in.readInt());
        List<ClassEntry> classes = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            String digest = in.readUTF();
            List<String> images = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                images.add(in.readUTF());
            }
            classes.add(new ClassEntry(name, images, digest));
        }
        return new ImageIndex(shape, classes);
    }

    /** Grows an index while images come in, sorted by class. */
    static final class Builder {
        private final List<ClassEntry> classes = new ArrayList<>();
        private final List<String> images = new ArrayList<>();
        private String name = "";
        private Fingerprint.OfClass digest = new Fingerprint.OfClass("");

        void add(String className, String imageName, byte[] pixels) {
            if (images.isEmpty() || !className.equals(name)) {
                endClass();
                name = className;
                digest = new Fingerprint.OfClass(className);
            }
            images.add(imageName);
            digest.add(pixels);
        }

        private void endClass() {
            if (!images.isEmpty()) {
                classes.add(new ClassEntry(name, images, digest.hex()));
                images.clear();
            }
        }

        ImageIndex build(ImageShape shape) {
            endClass();
            return new ImageIndex(shape, classes);
        }
    }
}
