package io.fewshot4j.data.folder;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** Images that are the same once they are decoded: one could be support and query at once, or has a wrong label. */
final class EqualImages {
    private final ImageDataset data;
    private final List<Place> places = new ArrayList<>();

    /** An image by its class and its place there. */
    private record Place(int classIndex, int image) {}

    private EqualImages(ImageDataset data) {
        this.data = data;
        for (int c = 0; c < data.classCount(); c++) {
            for (int image = 0; image < data.imageCount(c); image++) {
                places.add(new Place(c, image));
            }
        }
    }

    /** Tells of images that equal another one of their class, and of those that equal one of another class. */
    static void note(ImageDataset data, DecodeProgress progress) {
        EqualImages images = new EqualImages(data);
        List<List<Place>> pairs = images.pairs();
        Predicate<List<Place>> within =
                pair -> pair.get(0).classIndex() == pair.get(1).classIndex();
        images.note(
                pairs.stream().filter(within).toList(),
                "of the same class",
                "the same picture may be support and query at" + " once; keep one of them",
                progress);
        images.note(
                pairs.stream().filter(within.negate()).toList(),
                "of another class",
                "one of the two labels is wrong; keep" + " the right one",
                progress);
    }

    private void note(List<List<Place>> pairs, String which, String why, DecodeProgress progress) {
        if (!pairs.isEmpty()) {
            progress.note(pairs.size() + (pairs.size() == 1 ? " image equals one " : " images equal one ") + which
                    + " once decoded, such as " + name(pairs.get(0).get(1)) + " and "
                    + name(pairs.get(0).get(0)) + ": "
                    + why);
        }
    }

    private String name(Place place) {
        return data.imageName(place.classIndex(), place.image());
    }

    /** Each image that equals an earlier one, behind that. */
    private List<List<Place>> pairs() {
        long[] keys = IntStream.range(0, places.size())
                .parallel()
                .mapToLong(i -> checksum(places.get(i)) << 32 | i)
                .sorted()
                .toArray();
        List<List<Place>> pairs = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= keys.length; end++) {
            if (end == keys.length || keys[end] >>> 32 != keys[begin] >>> 32) {
                addEqual(Arrays.copyOfRange(keys, begin, end), pairs);
                begin = end;
            }
        }
        return pairs;
    }

    /** Compares images of one checksum. */
    private void addEqual(long[] keys, List<List<Place>> pairs) {
        List<Place> different = new ArrayList<>();
        for (long key : keys) {
            Place place = places.get((int) key);
            byte[] pixels = pixels(place);
            different.stream()
                    .filter(earlier -> Arrays.equals(pixels(earlier), pixels))
                    .findFirst()
                    .ifPresentOrElse(earlier -> pairs.add(List.of(earlier, place)), () -> different.add(place));
        }
    }

    private long checksum(Place place) {
        CRC32C crc = new CRC32C();
        crc.update(pixels(place));
        return crc.getValue();
    }

    private byte[] pixels(Place place) {
        byte[] pixels = new byte[data.shape().size()];
        data.read(place.classIndex(), place.image(), pixels, 0);
        return pixels;
    }
}
