package io.fewshot4j.episode;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Normalisation;
import io.fewshot4j.episode.EpisodePlan.ClassPlan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws episodes of one shape: a pure function of (seed, index) that many threads may call. Classes are drawn without
 * repetition and labelled in the order drawn, so that labels are shuffled; the images of a class are drawn without
 * repetition, first its support set, then its queries.
 */
public final class EpisodeSampler implements EpisodeSource {
    /** Sets the stream of distortions apart from that of choices. */
    private static final long DISTORTIONS = 0x5851F42D4C957F2DL;

    private final ImageDataset dataset;
    private final EpisodeImages images;
    private final EpisodeShape shape;
    private final EpisodeRotation rotation;
    private final EpisodeDistortion distortion;
    private final QueryCounts counts;
    private final long seed;

    /** A sampler of images with values 0 to 1. */
    public EpisodeSampler(ImageDataset dataset, EpisodeShape shape, EpisodeRotation rotation, long seed) {
        this(dataset, shape, rotation, Normalisation.UNIT, seed);
    }

    /**
     * Checks that every episode can be drawn.
     *
     * @throws FewShotException if there are too few classes, or a class has too few images, or images cannot be turned
     */
    public EpisodeSampler(
            ImageDataset dataset,
            EpisodeShape shape,
            EpisodeRotation rotation,
            Normalisation normalisation,
            long seed) {
        this.dataset = dataset;
        this.images = new EpisodeImages(dataset, normalisation);
        this.shape = shape;
        this.rotation = rotation;
        this.distortion = EpisodeDistortion.NONE;
        this.counts = QueryCounts.EQUAL;
        this.seed = seed;
        requireClasses();
        requireImages();
        requireSquare();
    }

    private EpisodeSampler(EpisodeSampler plain, EpisodeDistortion distortion, QueryCounts counts) {
        this.dataset = plain.dataset;
        this.images = plain.images;
        this.shape = plain.shape;
        this.rotation = plain.rotation;
        this.distortion = distortion;
        this.counts = counts;
        this.seed = plain.seed;
    }

    /** A sampler of these episodes with their images distorted. */
    public EpisodeSampler distorted(EpisodeDistortion how) {
        return new EpisodeSampler(this, how, counts);
    }

    /** A sampler of episodes whose queries are shared out otherwise. */
    public EpisodeSampler counted(QueryCounts how) {
        return new EpisodeSampler(this, distortion, how);
    }

    private void requireClasses() {
        if (shape.way() > dataset.classCount()) {
            throw new FewShotException("way must be at most " + dataset.classCount()
                    + ", the number of classes in this part of the data, got " + shape.way()
                    + "; lower the way or use data with more classes");
        }
    }

    private void requireImages() {
        int needed = shape.shot() + shape.query();
        for (int c = 0; c < dataset.classCount(); c++) {
            if (dataset.imageCount(c) < needed) {
                throw new FewShotException("each class must have at least " + shape.shot() + " support + "
                        + shape.query() + " query = " + needed + " images, but " + dataset.className(c) + " has "
                        + dataset.imageCount(c) + "; lower shot or query, or add images to the class or remove it");
            }
        }
    }

    private void requireSquare() {
        if (rotation == EpisodeRotation.PER_CLASS
                && dataset.shape().height() != dataset.shape().width()) {
            throw new FewShotException("images must be square for rotation per-class, got "
                    + dataset.shape().height() + "x" + dataset.shape().width()
                    + "; choose rotation none or resize to a square");
        }
    }

    @Override
    public EpisodePlan plan(long index) {
        SplitMix random = new SplitMix(seed, index);
        int[] classes = random.choose(shape.way(), dataset.classCount());
        int[] available = Arrays.stream(classes)
                .map(classIndex -> dataset.imageCount(classIndex) - shape.shot())
                .toArray();
        int[] queries = counts.draw(shape, available, random);
        return new EpisodePlan(IntStream.range(0, classes.length)
                .mapToObj(i -> classPlan(classes[i], queries[i], random))
                .toList());
    }

    private ClassPlan classPlan(int classIndex, int queries, SplitMix random) {
        int turns = rotation == EpisodeRotation.PER_CLASS ? random.next(4) : 0;
        int[] images = random.choose(shape.shot() + queries, dataset.imageCount(classIndex));
        List<Integer> all = Arrays.stream(images).boxed().toList();
        return new ClassPlan(classIndex, turns, all.subList(0, shape.shot()), all.subList(shape.shot(), all.size()));
    }

    @Override
    public Episode episode(long index) {
        Episode plain = images.episode(plan(index));
        SplitMix random = new SplitMix(seed ^ DISTORTIONS, index);
        return new Episode(
                plain.classNames(), distortion.apply(plain.support(), random), distortion.apply(plain.query(), random));
    }

    /** The episodes {@code first} to {@code first + count - 1}. */
    public List<Episode> episodes(long first, int count) {
        return IntStream.range(0, count).mapToObj(i -> episode(first + i)).toList();
    }

    @Override
    public EpisodeShape shape() {
        return shape;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public String fingerprint() {
        return dataset.fingerprint();
    }
}
