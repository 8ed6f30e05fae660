package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.gradient.StepParameters.Rates;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.nn.InnerLoop;
import io.fewshot4j.nn.LstmUpdate;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network with a linear head, as values of a graph, and the parameters of its inner steps.
 *
 * @param adapts arrays of the network that inner steps change
 * @param arrays everything that is trained but a learned rule
 */
record GradientNetwork(
        GradientSettings settings,
        TaskShape shape,
        Predicate<ParameterLayout.Entry> adapts,
        StepParameters learned,
        StepLayout arrays) {
    GradientNetwork(
            GradientSettings settings,
            TaskShape shape,
            Predicate<ParameterLayout.Entry> adapts,
            StepParameters learned) {
        this(
                settings,
                shape,
                adapts,
                learned,
                StepLayout.of(shape.headed().layout(), adapts, learned, settings.innerSteps()));
    }

    /** Without parameters for the steps. */
    GradientNetwork(GradientSettings settings, TaskShape shape, Predicate<ParameterLayout.Entry> adapts) {
        this(settings, shape, adapts, StepParameters.NONE);
    }

    Headed network() {
        return shape.headed();
    }

    /** The network without parameters for the steps. */
    ParameterLayout plain() {
        return network().layout();
    }

    /** Everything that is trained. */
    ParameterLayout layout() {
        return learned.lstm().map(LstmUpdate::layout).map(arrays.layout()::with).orElse(arrays.layout());
    }

    /** Arrays that a learned rule hands on from step to step. */
    ParameterLayout memory() {
        long coordinates = plain().only(adapts).length();
        return learned.lstm().map(lstm -> lstm.memory(coordinates)).orElse(ParameterLayout.none());
    }

    /** Sources of mean and variance when queries are scored; the LSTM's paper takes the support set. */
    Set<BatchStatistics> statistics() {
        return learned.lstm().isPresent()
                ? EnumSet.of(BatchStatistics.BATCH, BatchStatistics.SUPPORT, BatchStatistics.SUPPORT_AND_ONE_QUERY)
                : EnumSet.of(BatchStatistics.BATCH, BatchStatistics.SUPPORT_AND_ONE_QUERY);
    }

    /** Fresh parameters; the network's are those that it has without parameters for the steps. */
    Model initialise(long seed, DataType type) {
        Random random = new Random(seed);
        Parameters parameters = Parameters.zeros(layout(), type);
        try (Parameters plain = Parameters.zeros(plain(), type)) {
            network().initialise(plain, settings.headInit(), random);
            for (StepLayout.Own own : arrays.arrays()) {
                String name = own.entry().name();
                if (own.isRate()) {
                    learned.initialise(parameters.get(name), settings.innerLearningRate(), random);
                } else {
                    parameters.get(name).assign(plain.get(own.of().name()));
                }
            }
        }
        learned.lstm().ifPresent(lstm -> lstm.initialise(parameters, random));
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    /** Arrays that a step adapts: by their names at that step, their names in the network. */
    Map<String, String> adaptedAt(int step) {
        Map<String, String> names = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : plain().only(adapts).entries()) {
            names.put(arrays.weight(step, entry.name()), entry.name());
        }
        return names;
    }

    /** Names of all that a step changes: what it adapts, and what a learned rule remembers. */
    List<String> changedAt(int step) {
        List<String> names = new ArrayList<>(adaptedAt(step).keySet());
        names.addAll(memory().shapes().keySet());
        return names;
    }

    /** Outputs [images, outputs] for an input, as at an inner step and behind it. */
    Value outputs(Map<String, Value> weights, int step, Value input, int images, BatchNorm norm) {
        Map<String, Value> ofStep = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : plain().entries()) {
            ofStep.put(entry.name(), Lookup.in(weights, arrays.weight(step, entry.name())));
        }
        return network().forward(ofStep, input, images, norm);
    }

    /** Update rule of a step. */
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
            String rate = arrays.rate(step, Lookup.in(plainNames, name));
            return InnerLoop.gradientDescent(Lookup.in(weights, rate)).update(name, weight, gradient);
        };
        return byOwnRate.ofEach();
    }
}
