package io.fewshot4j.cli.check;

import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.options.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A meta-batch of drawn characters for a learner.
 *
 * @param tasks of the training shape
 */
record DrawnTasks(Experiment experiment, List<Episode> tasks) {
    /** Small, so that it takes seconds; any of them can be set. */
    private static final Settings SMALL = Settings.of(Map.of(
            "filters", "4",
            "way", "3",
            "shot", "1",
            "query", "2",
            "meta-batch", "2",
            "train-classes", "10",
            "validation-classes", "0",
            "test-classes", "2",
            "images-per-class", "10"));

    /** Draws tasks for a learner by name; settings that the learner does not have are refused. */
    static DrawnTasks of(String learner, Settings given) {
        Settings named = Settings.of(Map.of("learner", learner));
        Settings known = Experiment.of(named.with(Settings.of(Map.of("dataset", "glyphs"))))
                .settings();
        Settings settings = SMALL.without(SMALL.keys().stream()
                        .filter(key -> known.get(key).isEmpty())
                        .toList())
                .with(named)
                .with(given);
        String dataset = settings.get("dataset").orElse("glyphs");
        if (!dataset.equals("glyphs")) {
            throw new FewShotException("dataset must be glyphs for a gradient check, got " + dataset
                    + "; leave it out, and set image-size, filters and the like");
        }
        Experiment experiment = Experiment.of(settings.with(Settings.of(Map.of("dataset", dataset))));
        PackedCache unused = new PackedCache(Path.of(""));
        ImageDataset data = experiment
                .load(Optional.empty(), unused, DecodeProgress.silent())
                .train();
        return new DrawnTasks(
                experiment.trainedOn(data),
                experiment
                        .trainingEpisodes(data)
                        .episodes(0, experiment.training().metaBatch()));
    }
}
