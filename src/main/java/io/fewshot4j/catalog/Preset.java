package io.fewshot4j.catalog;

import io.fewshot4j.options.Settings;

/**
 * The settings of a published experiment.
 *
 * @param name {@code maml/omniglot-5way-1shot}
 * @param title what it is, in one line
 * @param published the figure to compare with, as the source states it
 * @param protocol how that figure was tested: transductive or inductive, episodes, query images per class
 * @param source where the figure is published
 * @param notes how the experiment differs; may be empty
 */
public record Preset(
        String name, String title, String published, String protocol, String source, String notes, Settings settings) {}
