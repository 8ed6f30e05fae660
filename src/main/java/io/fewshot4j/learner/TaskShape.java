package io.fewshot4j.learner;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a learner is built for: the image size, the shape of training episodes, and how many of them one graph computes at
 * a time.
 *
 * @param tasksPerGraph at least 1
 * @param trainingClasses the names of all classes that training episodes are drawn from; empty where it is not to train
 */
public record TaskShape(ImageShape image, EpisodeShape episode, int tasksPerGraph, List<String> trainingClasses) {
    public TaskShape {
        trainingClasses = List.copyOf(trainingClasses);
        if (tasksPerGraph < 1) {
            throw new IllegalArgumentException("tasks-per-graph must be at least 1, got " + tasksPerGraph);
        }
    }

    /** One task at a time. */
    public TaskShape(ImageShape image, EpisodeShape episode) {
        this(image, episode, 1);
    }

    /** Of classes that are not known. */
    public TaskShape(ImageShape image, EpisodeShape episode, int tasksPerGraph) {
        this(image, episode, tasksPerGraph, List.of());
    }

    /** The same with another number of tasks in a graph. */
    public TaskShape withTasksPerGraph(int tasks) {
        return new TaskShape(image, episode, tasks, trainingClasses);
    }

    /**
     * Makes sure that an episode has as many classes as the training episodes, for a learner with an output for each.
     *
     * @throws FewShotException if it has another number
     */
    public void requireWay(String learner, Episode task) {
        if (task.way() != episode.way()) {
            throw new FewShotException(learner + " was trained for " + episode.way() + " classes, got " + task.way()
                    + ": its head has an output for each; give " + episode.way()
                    + " classes, or use a model of protonet, matching, relation or siamese, which take any number");
        }
    }

    /** The tasks in groups of {@link #tasksPerGraph}, in order. */
    public List<List<Episode>> groups(List<Episode> tasks) {
        return groups(tasks, tasksPerGraph);
    }

    /** Tasks in groups of a size that divides their number, in order. */
    public static <T> List<List<T>> groups(List<T> tasks, int tasksPerGraph) {
        if (tasks.isEmpty() || tasks.size() % tasksPerGraph != 0) {
            throw new IllegalArgumentException(
                    "tasks must be a multiple of tasks-per-graph " + tasksPerGraph + ", got " + tasks.size());
        }
        return IntStream.range(0, tasks.size() / tasksPerGraph)
                .mapToObj(i -> tasks.subList(i * tasksPerGraph, (i + 1) * tasksPerGraph))
                .toList();
    }
}
