package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Normalisation;
import io.fewshot4j.data.folder.ImageFolder;
import io.fewshot4j.data.folder.UnlabelledImages;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Support;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A user's own images as episodes: a few images of each class, labelled in the order of the classes, and queries whose
 * class is unknown.
 */
record OwnTask(ImageDataset support, UnlabelledImages queries, Normalisation normalisation) {
    /**
     * Reads both.
     *
     * @param progress hears of files that are no images
     * @throws FewShotException if there are fewer than two classes, a folder has no image, or an image is damaged
     */
    static OwnTask read(
            Path support, Path queries, ImageDecoder decoder, Normalisation normalisation, DecodeProgress progress) {
        ImageDataset classes = ImageFolder.read(support, decoder, progress);
        if (classes.classCount() < 2) {
            throw new FewShotException("--support must have a folder for each of at least 2 classes, got "
                    + classes.classCount() + " in " + support);
        }
        return new OwnTask(classes, UnlabelledImages.read(queries, decoder, progress), normalisation);
    }

    List<String> classNames() {
        return IntStream.range(0, support.classCount())
                .mapToObj(support::className)
                .toList();
    }

    /** The classes' examples. */
    Support supportSet() {
        return new Support(classNames(), supportImages());
    }

    /** The queries {@code from} to {@code to - 1}. Their labels mean nothing. */
    LabelledImages queries(int from, int to) {
        byte[] bytes = new byte[(to - from) * shape().size()];
        for (int query = from; query < to; query++) {
            queries.read(query, bytes, (query - from) * shape().size());
        }
        return images(bytes, new int[to - from]);
    }

    private LabelledImages supportImages() {
        int[] labels = IntStream.range(0, support.classCount())
                .flatMap(label -> IntStream.generate(() -> label).limit(support.imageCount(label)))
                .toArray();
        byte[] bytes = new byte[labels.length * shape().size()];
        int image = 0;
        for (int i = 0; i < labels.length; i++) {
            image = i > 0 && labels[i] == labels[i - 1] ? image + 1 : 0;
            support.read(labels[i], image, bytes, i * shape().size());
        }
        return images(bytes, labels);
    }

    private LabelledImages images(byte[] bytes, int[] labels) {
        float[] pixels = new float[bytes.length];
        normalisation.copy(shape(), bytes, pixels, 0);
        return new LabelledImages(shape(), normalisation, pixels, labels);
    }

    private ImageShape shape() {
        return support.shape();
    }
}
