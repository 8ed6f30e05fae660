package io.fewshot4j.data.store;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.image.ImageDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The images of a data set before they are decoded, sorted by class and name.
 *
 * @param label a short name, for the packed file
 * @param stamps differ when the data differ
 */
public record ImageListing(String label, List<String> stamps, List<Labelled> images) {
    public ImageListing {
        stamps = List.copyOf(stamps);
        images = images.stream()
                .sorted(Comparator.comparing(Labelled::className).thenComparing(Labelled::name))
                .toList();
    }

    /** An image, its class, and the name that it goes by. */
    public record Labelled(String className, String name, Undecoded image) {}

    /** An image that has yet to be read. */
    public interface Undecoded {
        /** The whole name, for messages. */
        String where();

        byte[] decode(ImageDecoder decoder);
    }

    /** Hears of decoded images in the listing's order. */
    @FunctionalInterface
    interface Sink<E extends Exception> {
        void accept(Labelled image, byte[] pixels) throws E;
    }

    /** Decodes all images on all processors. */
    <E extends Exception> void decode(ImageDecoder decoder, DecodeProgress progress, Sink<E> sink) throws E {
        int batch = 512;
        for (int from = 0; from < images.size(); from += batch) {
            List<Labelled> some = images.subList(from, Math.min(images.size(), from + batch));
            List<byte[]> decoded = some.parallelStream()
                    .map(image -> image.image().decode(decoder))
                    .toList();
            for (int i = 0; i < some.size(); i++) {
                sink.accept(some.get(i), decoded.get(i));
            }
            progress.decoded(from + some.size(), images.size());
        }
    }

    /** Decodes all images into memory. */
    public ImageDataset decodeToHeap(ImageDecoder decoder, DecodeProgress progress) {
        ImageIndex.Builder index = new ImageIndex.Builder();
        List<byte[]> pixels = new ArrayList<>();
        decode(decoder, progress, (image, bytes) -> {
            index.add(image.className(), image.name(), bytes);
            pixels.add(bytes);
        });
        return new StoredImages(
                index.build(decoder.shape()),
                (image, target, offset) -> System.arraycopy(
                        pixels.get(image), 0, target, offset, decoder.shape().size()));
    }
}
