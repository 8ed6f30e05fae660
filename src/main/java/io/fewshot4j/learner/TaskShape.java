package io.fewshot4j.learner;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.EpisodeShape;

/** What a learner is built for: the image size and the shape of training episodes. */
public record TaskShape(ImageShape image, EpisodeShape episode) {}
