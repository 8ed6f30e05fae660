package io.fewshot4j.episode;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Normalisation;
import io.fewshot4j.episode.EpisodePlan.ClassPlan;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads what a plan names. Images of an episode are ordered by label, then as planned. */
record EpisodeImages(ImageDataset dataset, Normalisation normalisation) {
    EpisodeImages {
        normalisation.requireFits(dataset.shape());
    }

    Episode episode(EpisodePlan plan) {
        List<ClassPlan> classes = plan.classes();
        return new Episode(
                classes.stream().map(c -> dataset.className(c.classIndex())).toList(),
                images(classes, ClassPlan::support),
                images(classes, ClassPlan::query));
    }

    private LabelledImages images(List<ClassPlan> classes, Function<ClassPlan, List<Integer>> part) {
        int[] labels = IntStream.range(0, classes.size())
                .flatMap(label -> part.apply(classes.get(label)).stream().mapToInt(image -> label))
                .toArray();
        ImageReader reader = new ImageReader(dataset, normalisation, labels.length);
        for (ClassPlan c : classes) {
            part.apply(c).forEach(image -> reader.append(c.classIndex(), image, c.quarterTurns()));
        }
        return new LabelledImages(dataset.shape(), normalisation, reader.pixels(), labels);
    }
}
