package io.fewshot4j.learner;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.nn.Network;
import io.fewshot4j.nn.Objective;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tasks that a learner is made for.
 *
 * @param network base learner; empty for learners that have a network of their own
 * @param episode shape of training tasks; a function counts as one class
 * @param tasksPerGraph tasks that one graph computes at a time, at least 1
 * @param trainingClasses names of all classes that training episodes are drawn from; empty where it is not to train
 */
public record TaskShape(
        ImageShape image,
        Optional<Network> network,
        Objective objective,
        EpisodeShape episode,
        int tasksPerGraph,
        List<String> trainingClasses) {
    public TaskShape {
        trainingClasses = List.copyOf(trainingClasses);
        if (tasksPerGraph < 1) {
            throw new IllegalArgumentException("tasks-per-graph must be at least 1, got " + tasksPerGraph);
        }
    }

    /** Classification over a network, one task at a time. */
    public static TaskShape of(Network network, EpisodeShape episode) {
        return new TaskShape(
                network.image(), Optional.of(network), new Objective.CrossEntropy(), episode, 1, List.of());
    }

    /** Base learner of a learner that takes one. */
    public Network body() {
        return network.orElseThrow(() -> new IllegalStateException("the learner was given no network"));
    }

    /** Base learner with an output for each class, or one for a function. */
    public Headed headed() {
        return new Headed(body(), episode.way());
    }

    /** Tasks of the same kind, another number of them in a graph. */
    public TaskShape withTasksPerGraph(int tasks) {
        return new TaskShape(image, network, objective, episode, tasks, trainingClasses);
    }

    /** Support set of a training task as inputs of a graph. */
    public SetInput support() {
        return set("support", episode.supportSize());
    }

    /** Query set of a training task as inputs of a graph. */
    public SetInput query() {
        return set("query", episode.querySize());
    }

    /** A set of examples as inputs of a graph. */
    public SetInput set(String name, int count) {
        return new SetInput(name, count, body()::encoding, episode.way());
    }

    /**
     * Makes sure that a support set has as many classes as training tasks, for a learner with an output for each.
     *
     * @throws FewShotException if it has another number
     */
    public void requireWay(String learner, Support support) {
        if (!support.classNames().isEmpty() && support.way() != episode.way()) {
            throw new FewShotException(
                    learner + " was trained for " + episode.way() + " classes, got " + support.way()
                            + ": its head has an output for each; give " + episode.way()
                            + " classes, or use a model of protonet, matching, relation, siamese or r2d2, which take any number");
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
