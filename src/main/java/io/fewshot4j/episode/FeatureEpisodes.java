package io.fewshot4j.episode;

import io.fewshot4j.episode.EpisodePlan.ClassPlan;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Episodes of a list with features in the place of pixels. Plans, seed and hash are those of the list. */
public final class FeatureEpisodes implements EpisodeSource {
    private final EpisodeList plain;
    private final PlannedImages images;
    private final LabelledImages features;

    private FeatureEpisodes(EpisodeList plain, PlannedImages images, LabelledImages features) {
        this.plain = plain;
        this.images = images;
        this.features = features;
    }

    /**
     * A list of the same episodes.
     *
     * @param images those of the list
     * @param features a row for each of the images, in their order
     */
    public static EpisodeList of(EpisodeList plain, PlannedImages images, LabelledImages features) {
        return new EpisodeList(new FeatureEpisodes(plain, images, features), plain.count());
    }

    @Override
    public EpisodePlan plan(long index) {
        return plain.plan(Math.toIntExact(index));
    }

    @Override
    public Episode episode(long index) {
        List<ClassPlan> classes = plan(index).classes();
        return new Episode(
                classes.stream().map(c -> images.className(c.classIndex())).toList(),
                rows(classes, ClassPlan::support),
                rows(classes, ClassPlan::query));
    }

    private LabelledImages rows(List<ClassPlan> classes, Function<ClassPlan, List<Integer>> part) {
        int[] labels = IntStream.range(0, classes.size())
                .flatMap(label -> part.apply(classes.get(label)).stream().mapToInt(image -> label))
                .toArray();
        int[] rows = classes.stream()
                .flatMapToInt(c -> part.apply(c).stream().mapToInt(image -> images.row(c, image)))
                .toArray();
        return features.select(rows).labelled(labels);
    }

    @Override
    public EpisodeShape shape() {
        return plain.shape();
    }

    @Override
    public long seed() {
        return plain.seed();
    }

    @Override
    public String fingerprint() {
        return plain.fingerprint();
    }
}
