package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.data.sinusoid.Sinusoids;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.GradientCheck;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.nn.SkipNet;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Every algorithm that adapts by gradients, and the baselines, over every kind of network, on classes and on functions.
 */
final class EveryNetworkTest {
    private static final double LIMIT = 1e-6;
    private static final Extensions OTHERS = Extensions.NONE.with("skip", new SkipNet.Settings(4));
    private static final List<String> NETWORKS = List.of(
            "network=conv4 filters=2 pooling=max-pool",
            "network=mlp hidden=4,3 weight-init=glorot",
            "network=resnet12 widths=2,3",
            "network=skip");
    private static final List<String> CLASSIFIERS = List.of(
            "maml",
            "fomaml",
            "anil",
            "boil",
            "metasgd",
            "mamlpp",
            "reptile",
            "foml",
            "metalstm order=1",
            "metalstm order=2",
            "bmaml particles=2",
            "bmaml particles=2 shared-body=false",
            "baseline",
            "baseline class-scores=cosine");
    private static final List<String> REGRESSORS = List.of(
            "maml", "fomaml", "reptile", "bmaml particles=2 shared-body=false", "bmaml particles=2", "pretrained");
    private static final List<String> FUNCTION_NETWORKS =
            List.of("network=mlp hidden=4,3 weight-init=glorot batch-norm=false", "network=skip");

    static Stream<String> classifiers() {
        return CLASSIFIERS.stream().flatMap(learner -> NETWORKS.stream().map(network -> learner + " " + network));
    }

    static Stream<String> regressors() {
        return REGRESSORS.stream()
                .flatMap(learner -> FUNCTION_NETWORKS.stream().map(network -> learner + " " + network));
    }

    private static SmallRun run(String words) {
        List<String> all = List.of(words.split(" "));
        String[] settings = all.subList(1, all.size()).toArray(String[]::new);
        return new SmallRun(Catalog.learner(all.get(0)), 1, DataType.DOUBLE, OTHERS, settings);
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void gradients_of_classifiers_agree_with_central_differences(String words) {
        try (SmallRun run = run(words)) {
            requireRight(run.learner(), SmallRun.training(0));
        }
    }

    @ParameterizedTest
    @MethodSource("regressors")
    void gradients_of_regressors_agree_with_central_differences(String words) {
        Experiment experiment = regression(words, 1);
        try (Model model = experiment.initialise(DataType.DOUBLE);
                Learner learner = experiment.learner(model)) {
            requireRight(learner, function(experiment, 0));
        }
    }

    private static void requireRight(Learner learner, Episode task) {
        List<GradientCheck.Row> rows = GradientCheck.compare(learner, List.of(task), 1, 1);

        assertThat(rows).allSatisfy(row -> assertThat(row.error()).isLessThan(LIMIT));
        assertThat(rows).anySatisfy(row -> assertThat(row.largest()).isGreaterThan(1e-3));
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void classification_tasks_in_a_graph_are_the_mean_of_each_alone(String words) {
        List<Episode> tasks =
                LongStream.range(0, 2).mapToObj(SmallRun::training).toList();
        try (SmallRun run = run(words);
                Learner together = run.withTasksPerGraph(2)) {
            requireSame(together, run.learner(), tasks);
        }
    }

    @ParameterizedTest
    @MethodSource("regressors")
    void functions_in_a_graph_are_the_mean_of_each_alone(String words) {
        Experiment one = regression(words, 1);
        List<Episode> tasks =
                LongStream.range(0, 2).mapToObj(task -> function(one, task)).toList();
        try (Model model = one.initialise(DataType.DOUBLE);
                Learner alone = one.learner(model);
                Learner together = regression(words, 2).learner(model)) {
            requireSame(together, alone, tasks);
        }
    }

    private static Experiment regression(String words, int tasksPerGraph) {
        String all = "learner=" + words + " dataset=sinusoid shot=4 query=3 inner-steps=2 inner-learning-rate=0.1"
                + " head-init=glorot meta-batch=2 tasks-per-graph=" + tasksPerGraph;
        String own = words.startsWith("reptile") ? all + " inner-optimizer=sgd inner-batch=3" : all;
        return Experiment.of(Settings.parse(List.of(own.split(" "))), OTHERS);
    }

    private static Episode function(Experiment experiment, long task) {
        Sinusoids functions = experiment.functions(4, 1);
        return experiment.episode(functions.task(task));
    }

    private static void requireSame(Learner together, Learner alone, List<Episode> tasks) {
        try (MetaGradient one = alone.metaGradient(tasks);
                MetaGradient all = together.metaGradient(tasks)) {
            assertThat(all.loss()).isCloseTo(one.loss(), within(1e-12 * one.loss()));
            requireClose(all.gradient(), one.gradient());
            requireClose(all.statistics(), one.statistics());
        }
    }

    /** To 1e-12 of the largest entry. */
    private static void requireClose(Parameters actual, Parameters expected) {
        double[] values = Transfer.read(expected.flat());
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        assertThat(Transfer.read(actual.flat())).containsExactly(values, within(1e-12 * largest));
    }
}
