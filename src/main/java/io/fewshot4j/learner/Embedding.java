package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;

/** Features of images by a network that stays as it is. An image's features do not depend on the images beside it. */
@FunctionalInterface
public interface Embedding {
    /** Rows of features in the place of pixels, each an image of a {@link FeatureRows}, under the images' labels. */
    LabelledImages of(LabelledImages images);
}
