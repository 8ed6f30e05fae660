package io.fewshot4j.episode;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Normalisation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The different images that some episodes are made of, each once, in the order in which they are first needed. */
public final class PlannedImages {
    private final ImageDataset dataset;
    private final Normalisation normalisation;
    private final Map<Planned, Integer> rows = new LinkedHashMap<>();
    private final List<Planned> images;

    /** An image as an episode has it. */
    private record Planned(int classIndex, int image, int quarterTurns) {}

    private PlannedImages(ImageDataset dataset, Normalisation normalisation, Stream<Planned> needed) {
        normalisation.requireFits(dataset.shape());
        this.dataset = dataset;
        this.normalisation = normalisation;
        needed.forEach(image -> rows.putIfAbsent(image, rows.size()));
        this.images = List.copyOf(rows.keySet());
    }

    /** Images of all episodes of a list over a data set. */
    public static PlannedImages of(EpisodeList episodes, ImageDataset dataset, Normalisation normalisation) {
        return new PlannedImages(
                dataset,
                normalisation,
                IntStream.range(0, episodes.count())
                        .boxed()
                        .flatMap(i -> episodes.plan(i).classes().stream())
                        .flatMap(planned -> Stream.concat(planned.support().stream(), planned.query().stream())
                                .map(image -> new Planned(planned.classIndex(), image, planned.quarterTurns()))));
    }

    /** Images of a data set, at most so many: of each class in turn one more, until there are enough. */
    public static PlannedImages sample(ImageDataset dataset, Normalisation normalisation, int most) {
        int deepest = IntStream.range(0, dataset.classCount())
                .map(dataset::imageCount)
                .max()
                .orElse(0);
        return new PlannedImages(
                dataset,
                normalisation,
                IntStream.range(0, deepest)
                        .boxed()
                        .flatMap(image -> IntStream.range(0, dataset.classCount())
                                .filter(c -> image < dataset.imageCount(c))
                                .mapToObj(c -> new Planned(c, image, 0)))
                        .limit(most));
    }

    public int count() {
        return images.size();
    }

    /** Images {@code from} to {@code to - 1}; their labels mean nothing. */
    public LabelledImages read(int from, int to) {
        ImageReader reader = new ImageReader(dataset, normalisation, to - from);
        images.subList(from, to).forEach(one -> reader.append(one.classIndex(), one.image(), one.quarterTurns()));
        return new LabelledImages(dataset.shape(), normalisation, reader.pixels(), new int[to - from]);
    }

    String className(int classIndex) {
        return dataset.className(classIndex);
    }

    /** Number of an image in {@link #read}. */
    int row(EpisodePlan.ClassPlan planned, int image) {
        Integer row = rows.get(new Planned(planned.classIndex(), image, planned.quarterTurns()));
        if (row == null) {
            throw new IllegalArgumentException("image " + image + " of class " + planned.classIndex()
                    + " must be planned, but belongs to other episodes");
        }
        return row;
    }
}
