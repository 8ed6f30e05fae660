package io.fewshot4j;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Normalisation;
import io.fewshot4j.data.folder.ImageFolder;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Support;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A few images of each class, decoded as a run's training data were; labels follow the order of the classes. */
record OwnExamples(ImageDataset classes, ImageDecoder decoder, Normalisation normalisation) {
    /**
     * Reads a folder with a folder for each class.
     *
     * @throws FewShotException if there are fewer than two classes, a folder has no image, or an image is damaged
     */
    static OwnExamples read(Path folder, ImageDecoder decoder, Normalisation normalisation) {
        ImageDataset classes = ImageFolder.read(folder, decoder, DecodeProgress.silent());
        if (classes.classCount() < 2) {
            throw new FewShotException("examples must have a folder for each of at least 2 classes, got "
                    + classes.classCount() + " in " + folder);
        }
        return new OwnExamples(classes, decoder, normalisation);
    }

    List<String> classNames() {
        return IntStream.range(0, classes.classCount())
                .mapToObj(classes::className)
                .toList();
    }

    Support support() {
        ImageShape shape = classes.shape();
        int[] labels = IntStream.range(0, classes.classCount())
                .flatMap(label -> IntStream.generate(() -> label).limit(classes.imageCount(label)))
                .toArray();
        byte[] bytes = new byte[labels.length * shape.size()];
        int image = 0;
        for (int i = 0; i < labels.length; i++) {
            image = i > 0 && labels[i] == labels[i - 1] ? image + 1 : 0;
            classes.read(labels[i], image, bytes, i * shape.size());
        }
        float[] pixels = new float[bytes.length];
        normalisation.copy(shape, bytes, pixels, 0);
        return new Support(classNames(), new LabelledImages(shape, normalisation, pixels, labels));
    }
}
