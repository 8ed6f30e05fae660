/** Baselines of learned few-shot methods: nearest neighbours, and fine-tuning of a pretrained network. */
@NullMarked
package io.fewshot4j.learner.baseline;

import org.jspecify.annotations.NullMarked;
