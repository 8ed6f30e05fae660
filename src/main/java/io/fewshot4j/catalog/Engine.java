package io.fewshot4j.catalog;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.training.EpisodeScoring;
import io.fewshot4j.training.MetaBatches;
import java.util.Optional;

/** Machines besides this one that compute. Results have the same bits. */
public interface Engine {
    /** No other machine. */
    Engine LOCAL = new Engine() {
        @Override
        public Optional<MetaBatches.Place<Episode, Learner>> training(
                Experiment experiment, Optional<ImageDataset> images) {
            return Optional.empty();
        }

        @Override
        public Optional<EpisodeScoring> test(TestEpisodes tests, Model model) {
            return Optional.empty();
        }
    };

    /**
     * Machines that compute the meta-batches of a training; empty for this machine.
     *
     * @param experiment as it is trained, with its number of tasks in a graph
     * @param images of the training classes; empty for functions
     */
    Optional<MetaBatches.Place<Episode, Learner>> training(Experiment experiment, Optional<ImageDataset> images);

    /** Machines that compute test episodes; empty for this machine. */
    Optional<EpisodeScoring> test(TestEpisodes tests, Model model);
}
