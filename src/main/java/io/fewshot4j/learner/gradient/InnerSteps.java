package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.graph.Plan;
import io.fewshot4j.graph.Program;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.gradient.ReptileSettings.InnerOptimizer;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Inner steps of a graph's tasks on weights of their own, which stay where the device computes.
 *
 * <p>Adam has beta1 = 0. Its second moment goes on from task to task as a statistic of the model: an average with decay
 * 0.999 of squared gradients, and, as the last statistic, the same average of ones, which is the share of that average
 * that gradients make up so far (1 - 0.999^steps) and corrects it. Every task of a meta-batch begins from the model's
 * second moment, and the mean of what they end with is the next one. With meta-batch 1 and statistics-momentum 1 this is
 * what the paper's code does, where tasks follow each other; in larger meta-batches each meta-update counts as the inner
 * steps of one task whose squared gradients are means over the tasks. So tasks are independent of each other and of the
 * number of threads, and any statistics-momentum leaves a corrected average.
 */
final class InnerSteps implements AutoCloseable {
    static final String ADAPTED = "adapted.";
    static final String LAST = "last.";
    static final String SUM = "sum.";
    static final String MOMENT = "moment.";
    static final String NEW_SHARE = "share";

    /** The statistic that is the average of ones. */
    static final String SHARE = "second-moment-share";

    private static final double DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    /** Steps after which ND4J's own correction is 1. */
    private static final int LATE = 1_000_000;

    private final GradientNetwork network;
    private final ReptileSettings settings;
    private final Model model;
    private final int tasks;
    private final Patches patches;
    private final Parameters weights;
    /** A gradient, and then the update that it becomes. */
    private final Parameters update;

    private final Parameters sum;
    private final Parameters moment;
    private final Parameters firstMoment;
    private final List<Copy> start = new ArrayList<>();
    private final Map<Integer, Executor> executors = new HashMap<>();
    private double share;

    private record Copy(INDArray from, INDArray to) {
        void run() {
            to.assign(from);
        }
    }

    InnerSteps(GradientNetwork network, ReptileSettings settings, Model model, int tasks) {
        this.network = network;
        this.settings = settings;
        this.model = model;
        this.tasks = tasks;
        this.patches = network.body().patches();
        ParameterLayout stacked = stacked(network.layout(), tasks);
        this.weights = Parameters.zeros(stacked, type());
        this.update = Parameters.zeros(stacked, type());
        this.sum = Parameters.zeros(stacked, type());
        ParameterLayout moments = isAdam() ? stacked : ParameterLayout.none();
        this.moment = Parameters.zeros(moments, type());
        this.firstMoment = Parameters.zeros(moments, type());
        for (String name : weights.names()) {
            copyToEach(model.parameters().get(name), weights.get(name));
            if (isAdam()) {
                copyToEach(model.statistics().get(statistic(name)), moment.get(name));
            }
        }
    }

    /** The model's statistics: none for SGD. */
    static ParameterLayout statisticsLayout(ReptileSettings settings, ParameterLayout parameters) {
        ParameterLayout layout = ParameterLayout.none();
        if (settings.innerOptimizer() == InnerOptimizer.SGD) {
            return layout;
        }
        for (ParameterLayout.Entry entry : parameters.entries()) {
            layout = layout.with(
                    statistic(entry.name()),
                    entry.shape().stream().mapToLong(Long::longValue).toArray());
        }
        return layout.with(SHARE, 1, 1);
    }

    /** The statistic that is a parameter's second moment. */
    static String statistic(String parameter) {
        return "second-moment." + parameter;
    }

    private static ParameterLayout stacked(ParameterLayout layout, int tasks) {
        ParameterLayout stacked = ParameterLayout.none();
        for (ParameterLayout.Entry entry : layout.entries()) {
            long columns = entry.shape().get(entry.shape().size() - 1);
            stacked = stacked.with(entry.name(), tasks * entry.length() / columns, columns);
        }
        return stacked;
    }

    private void copyToEach(INDArray one, INDArray all) {
        INDArray from = vector(one);
        INDArray to = vector(all);
        for (int task = 0; task < tasks; task++) {
            long first = task * one.length();
            start.add(new Copy(from, to.get(NDArrayIndex.interval(first, first + one.length()))));
        }
    }

    private static INDArray vector(INDArray array) {
        return array.reshape('c', new long[] {array.length()});
    }

    private boolean isAdam() {
        return settings.innerOptimizer() == InnerOptimizer.ADAM;
    }

    private DataType type() {
        return model.parameters().flat().dataType();
    }

    /** Every task begins from the model as it is now. */
    void reset() {
        start.forEach(Copy::run);
        sum.flat().assign(0);
        share = isAdam() ? Transfer.read(model.statistics().get(SHARE))[0] : 0;
    }

    /** One step of each task on its batch; batches are of one size. */
    void step(List<LabelledImages> batches) {
        Executor gradient = gradient(batches.get(0).count());
        Feed.images(gradient, "support", patches, batches);
        Feed.labels(gradient, "support-labels", batches, network.way());
        gradient.run();
        if (isAdam()) {
            share = DECAY * share + (1 - DECAY);
            double rate = settings.innerLearningRate() * Math.sqrt(share);
            Nd4j.exec(new AdamUpdater(update.flat(), moment.flat(), firstMoment.flat(), rate, 0, DECAY, EPSILON, LATE));
        } else {
            update.flat().muli(settings.innerLearningRate());
        }
        weights.flat().subi(update.flat());
        sum.flat().addi(update.flat());
    }

    private Executor gradient(int images) {
        return executors.computeIfAbsent(images, absent -> {
            Program program = ReptileGraph.gradient(network, tasks, images, type());
            return new Executor(program, Plan.of(program), named("", weights), named("", update));
        });
    }

    private static Map<String, INDArray> named(String prefix, Parameters parameters) {
        Map<String, INDArray> named = new HashMap<>();
        parameters.names().forEach(name -> named.put(prefix + name, parameters.get(name)));
        return named;
    }

    /** The tasks' arrays, by the names of the inputs of {@link ReptileGraph#figures}: written by steps. */
    Map<String, INDArray> arrays() {
        Map<String, INDArray> arrays = named(ADAPTED, weights);
        arrays.putAll(named(LAST, update));
        arrays.putAll(named(SUM, sum));
        arrays.putAll(named(MOMENT, moment));
        return arrays;
    }

    /** The corrected share as it is now, for {@link #NEW_SHARE}. */
    double share() {
        return share;
    }

    /** The weights of all tasks as they are now. */
    INDArray weights() {
        return weights.flat();
    }

    /** How the step on a number of images is computed. */
    Plan plan(int images) {
        return gradient(images).plan();
    }

    @Override
    public void close() {
        executors.values().forEach(Executor::close);
        List.of(weights, update, sum, moment, firstMoment).forEach(Parameters::close);
    }
}
