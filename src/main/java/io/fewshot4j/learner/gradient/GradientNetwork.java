package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.BatchNorm;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.InnerLoop;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.LstmUpdate;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.gradient.StepParameters.Rates;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Conv4 with a linear head, as values of a graph, and the parameters of its inner steps. Those of a step are called
 * {@code stepN.} and what they are: {@code step2.bn0.bias}, {@code step2.rate.conv0.weight}.
 *
 * @param adapts which parameters of the network inner steps change
 */
record GradientNetwork(
        GradientSettings settings, Conv4 body, int way, Predicate<String> adapts, StepParameters learned) {
    GradientNetwork(GradientSettings settings, TaskShape shape, Predicate<String> adapts, StepParameters learned) {
        this(settings, settings.network(shape.image()), shape.episode().way(), adapts, learned);
    }

    /** Without parameters for the steps. */
    GradientNetwork(GradientSettings settings, TaskShape shape, Predicate<String> adapts) {
        this(settings, shape, adapts, StepParameters.NONE);
    }

    /** The network without parameters for the steps. */
    ParameterLayout plain() {
        return body.layout().with("fc.weight", body.features(), way).with("fc.bias", way);
    }

    /** The network, each step's batch normalisations where they differ, then learning rates. */
    ParameterLayout layout() {
        ParameterLayout layout = ParameterLayout.none();
        for (ParameterLayout.Entry entry : plain().entries()) {
            for (int step = 0; step < (at(1, entry.name()).equals(entry.name()) ? 1 : steps()); step++) {
                layout = layout.with(at(step, entry.name()), dimensions(entry));
            }
        }
        for (ParameterLayout.Entry entry : plain().entries()) {
            if (!adapts.test(entry.name())) {
                continue;
            }
            if (learned.rates() == Rates.PER_WEIGHT) {
                layout = layout.with(rate(0, entry.name()), dimensions(entry));
            } else if (learned.rates() == Rates.PER_ARRAY_AND_STEP) {
                for (int step = 0; step < steps(); step++) {
                    layout = layout.with(rate(step, entry.name()), 1, 1);
                }
            }
        }
        return learned.lstm().map(LstmUpdate::layout).map(layout::with).orElse(layout);
    }

    /** What a learned rule remembers from step to step. */
    ParameterLayout memory() {
        long coordinates = plain().entries().stream()
                .filter(entry -> adapts.test(entry.name()))
                .mapToLong(ParameterLayout.Entry::length)
                .sum();
        return learned.lstm().map(lstm -> lstm.memory(coordinates)).orElse(ParameterLayout.none());
    }

    /** What batch normalisations may be fed from when queries are scored; the LSTM's paper takes the support set. */
    Set<BatchStatistics> statistics() {
        return learned.lstm().isPresent()
                ? EnumSet.of(BatchStatistics.BATCH, BatchStatistics.SUPPORT, BatchStatistics.SUPPORT_AND_ONE_QUERY)
                : EnumSet.of(BatchStatistics.BATCH, BatchStatistics.SUPPORT_AND_ONE_QUERY);
    }

    private int steps() {
        return settings.innerSteps();
    }

    private static long[] dimensions(ParameterLayout.Entry entry) {
        return entry.shape().stream().mapToLong(Long::longValue).toArray();
    }

    /** What a parameter of the network is called at a step. */
    String at(int step, String parameter) {
        return learned.batchNorm() && parameter.startsWith("bn") ? "step" + step + "." + parameter : parameter;
    }

    private String rate(int step, String parameter) {
        String name = "rate." + parameter;
        return learned.rates() == Rates.PER_ARRAY_AND_STEP ? "step" + step + "." + name : name;
    }

    /** What a step changes: by the parameters' names at that step, their names in the network. */
    Map<String, String> adaptedAt(int step) {
        Map<String, String> names = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : plain().entries()) {
            if (adapts.test(entry.name())) {
                names.put(at(step, entry.name()), entry.name());
            }
        }
        return names;
    }

    /** The names of all that a step changes: what it adapts, and what a learned rule remembers. */
    List<String> changedAt(int step) {
        List<String> names = new ArrayList<>(adaptedAt(step).keySet());
        memory().entries().forEach(entry -> names.add(entry.name()));
        return names;
    }

    /** [images, way] from an input called {@code set}, as at an inner step and behind it. */
    Value logits(Graph graph, Map<String, Value> weights, int step, String set, int images) {
        return logits(weights, step, body.input(graph, set, images), images, BatchNorm.batch());
    }

    /** The same of an input, with statistics of some kind. */
    Value logits(Map<String, Value> weights, int step, Value input, int images, BatchNorm norm) {
        Map<String, Value> ofStep = new LinkedHashMap<>();
        plain().entries().forEach(entry -> ofStep.put(entry.name(), Lookup.in(weights, at(step, entry.name()))));
        Value features = body.forward(ofStep, input, images, norm);
        return Ops.add(Ops.matmul(features, Lookup.in(weights, "fc.weight")), Lookup.in(weights, "fc.bias"));
    }

    /** How a step updates the weights. */
    InnerLoop.Rule rule(Graph graph, Map<String, Value> weights, int step) {
        if (learned.lstm().isPresent()) {
            return learned.lstm().orElseThrow();
        }
        if (learned.rates() == Rates.FIXED) {
            return InnerLoop.gradientDescent(graph.filled(1, 1, settings.innerLearningRate()))
                    .ofEach();
        }
        Map<String, String> plainNames = adaptedAt(step);
        InnerLoop.UpdateRule byOwnRate = (name, weight, gradient) -> {
            Value rate = Lookup.in(weights, rate(step, Lookup.in(plainNames, name)));
            return InnerLoop.gradientDescent(rate).update(name, weight, gradient);
        };
        return byOwnRate.ofEach();
    }
}
