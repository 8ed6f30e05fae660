package io.fewshot4j.episode;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Normalisation;
import java.util.List;

/** Episodes that a data set's authors drew, all of one shape. */
public final class FixedEpisodes implements EpisodeSource {
    private final EpisodeImages images;
    private final EpisodeShape shape;
    private final List<EpisodePlan> plans;

    public FixedEpisodes(
            ImageDataset dataset, EpisodeShape shape, List<EpisodePlan> plans, Normalisation normalisation) {
        this.images = new EpisodeImages(dataset, normalisation);
        this.shape = shape;
        this.plans = List.copyOf(plans);
    }

    @Override
    public EpisodePlan plan(long index) {
        return plans.get(Math.toIntExact(index));
    }

    @Override
    public Episode episode(long index) {
        return images.episode(plan(index));
    }

    @Override
    public EpisodeShape shape() {
        return shape;
    }

    @Override
    public long seed() {
        return 0;
    }

    @Override
    public String fingerprint() {
        return images.dataset().fingerprint();
    }
}
