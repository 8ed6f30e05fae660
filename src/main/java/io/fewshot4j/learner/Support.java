package io.fewshot4j.learner;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import java.util.List;

/**
 * Examples to adapt to.
 *
 * @param classNames class of each label; empty for a function
 */
public record Support(List<String> classNames, LabelledImages examples) {
    public Support {
        classNames = List.copyOf(classNames);
    }

    /** Support set of an episode. */
    public static Support of(Episode episode) {
        return new Support(episode.classNames(), episode.support());
    }

    /** Number of classes. */
    public int way() {
        return classNames.size();
    }
}
