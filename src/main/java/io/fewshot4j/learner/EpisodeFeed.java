package io.fewshot4j.learner;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import java.util.List;

/** Writes support and query sets into the inputs "support", "support-labels", "query" and "query-labels". */
public record EpisodeFeed(Patches patches, int way) {
    /** Both sets of each task. */
    public void sets(Executor executor, List<Episode> tasks) {
        set(executor, "support", tasks.stream().map(Episode::support).toList());
        set(executor, "query", tasks.stream().map(Episode::query).toList());
    }

    /** The images and labels of each task's set, "support" or "query". */
    public void set(Executor executor, String set, List<LabelledImages> tasks) {
        Feed.images(executor, set, patches, tasks);
        Feed.labels(executor, set + "-labels", tasks, way);
    }
}
