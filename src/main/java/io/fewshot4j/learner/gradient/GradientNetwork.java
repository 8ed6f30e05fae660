package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.BatchNorm;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.InnerLoop;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.gradient.StepParameters.Rates;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.Map;
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
        return layout;
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

    /** [images, way] from an input called {@code set}, as at an inner step and behind it. */
    Value logits(Graph graph, Map<String, Value> weights, int step, String set, int images) {
        Map<String, Value> ofStep = new LinkedHashMap<>();
        plain().entries().forEach(entry -> ofStep.put(entry.name(), Lookup.in(weights, at(step, entry.name()))));
        Value features = body.forward(ofStep, body.input(graph, set, images), images, BatchNorm.batch());
        return Ops.add(Ops.matmul(features, Lookup.in(weights, "fc.weight")), Lookup.in(weights, "fc.bias"));
    }

    /** How a step updates a weight. */
    InnerLoop.UpdateRule rule(Graph graph, Map<String, Value> weights, int step) {
        if (learned.rates() == Rates.FIXED) {
            return InnerLoop.gradientDescent(graph.filled(1, 1, settings.innerLearningRate()));
        }
        Map<String, String> plainNames = adaptedAt(step);
        return (name, weight, gradient) -> {
            Value rate = Lookup.in(weights, rate(step, Lookup.in(plainNames, name)));
            return InnerLoop.gradientDescent(rate).update(name, weight, gradient);
        };
    }
}
