package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.episode.EpisodeShape;
import java.util.stream.Stream;

/**
 * The episodes that a training will need at any time: its own, those of validation and test, and the one that is shown
 * at its end. They are checked before it begins.
 *
 * @param testClasses the setting, where the data set has it
 */
record NeededShapes(EpisodeSettings episodes, boolean validates, String testClasses) {
    /** The settings that way, shot and query come from. */
    private record Names(String way, String shot, String query) {}

    /**
     * Refuses data that cannot give them.
     *
     * @throws FewShotException with the setting that is wrong
     */
    void require(SplitDataset data) {
        Names training = new Names(
                episodes.trainWay() > 0 ? "train-way" : "way",
                episodes.trainShot() > 0 ? "train-shot" : "shot",
                "query");
        Names test = new Names("way", "shot", episodes.testQuery() > 0 ? "test-query" : "query");
        require(data.train(), "training", episodes.training(), training);
        if (validates && data.validation().classCount() > 0) {
            require(data.validation(), "validation", episodes.test(), test);
        }
        if (data.test().classCount() > 0) {
            require(data.test(), "test", episodes.test(), test);
        } else {
            requireMeant(data);
        }
        boolean validation = data.validation().classCount() >= episodes.test().way();
        require(
                validation ? data.validation() : data.train(),
                (validation ? "validation" : "training") + ", one of which is shown at the end,",
                episodes.test(),
                test);
    }

    /** No test is meant where the setting is zero, or folders and lists say so. */
    private void requireMeant(SplitDataset data) {
        if (data.drawn() && !testClasses.isEmpty() && Double.parseDouble(testClasses) > 0) {
            int classes = Stream.of(Split.values())
                    .mapToInt(split -> data.of(split).classCount())
                    .sum();
            throw new FewShotException("test-classes=" + testClasses + " of " + classes
                    + " classes leaves none to test, where way=" + episodes.way()
                    + " are needed; add classes, or set test-classes=0 to train without a test");
        }
    }

    private static void require(ImageDataset part, String what, EpisodeShape shape, Names names) {
        if (part.classCount() < shape.way()) {
            throw new FewShotException(names.way() + " must be at most " + part.classCount()
                    + ", the number of classes of " + what + " here, got " + shape.way() + "; lower it or add classes");
        }
        int needed = shape.shot() + shape.query();
        for (int c = 0; c < part.classCount(); c++) {
            if (part.imageCount(c) < needed) {
                throw new FewShotException(names.shot() + "=" + shape.shot() + " and " + names.query() + "="
                        + shape.query() + " need " + needed + " images in each class of " + what + " but "
                        + part.className(c) + " has " + part.imageCount(c) + "; lower " + names.query()
                        + ", add images, or leave such classes out with skip-small-classes");
            }
        }
    }
}
