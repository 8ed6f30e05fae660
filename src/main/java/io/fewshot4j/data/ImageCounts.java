package io.fewshot4j.data;

import io.fewshot4j.FewShotException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers of images of a data set's classes. */
public record ImageCounts(int classes, long images, int fewest, int most) {
    /** Counts them; all zero without classes. */
    public static ImageCounts of(ImageDataset data) {
        List<Integer> counts =
                IntStream.range(0, data.classCount()).mapToObj(data::imageCount).toList();
        return new ImageCounts(
                counts.size(),
                counts.stream().mapToLong(Integer::longValue).sum(),
                counts.stream().min(Comparator.naturalOrder()).orElse(0),
                counts.stream().max(Comparator.naturalOrder()).orElse(0));
    }

    /**
     * Refuses a data set in which a class has too few images.
     *
     * @param needed images that each class must have
     * @param what what they are needed for, such as {@code 5-way 1-shot with 15 queries}
     */
    public static void requireImages(ImageDataset data, int needed, String what) {
        List<Integer> tooFew = IntStream.range(0, data.classCount())
                .filter(c -> data.imageCount(c) < needed)
                .boxed()
                .toList();
        if (!tooFew.isEmpty()) {
            int first = tooFew.get(0);
            throw new FewShotException("class " + data.className(first) + " has too few images: " + what
                    + " needs at least " + needed + " of each class, got " + data.imageCount(first) + " ("
                    + tooFew.size()
                    + " of " + data.classCount()
                    + " classes have too few); add images, remove the class, or ask for fewer");
        }
    }
}
