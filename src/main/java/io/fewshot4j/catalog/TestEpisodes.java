package io.fewshot4j.catalog;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.episode.EpisodeList;

/**
 * Episodes of a test, and what a learner is made for that is tested on them.
 *
 * @param asked experiment with the shape of the episodes
 * @param learning experiment that the model was trained for
 * @param images classes to draw from
 * @param seed of the draws
 */
public record TestEpisodes(Experiment asked, Experiment learning, ImageDataset images, int count, long seed) {
    /** The frozen episodes. */
    public EpisodeList list() {
        return asked.testEpisodes(images, count, seed);
    }
}
