package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/** A network with a linear head, all of whose arrays inner steps change, batch normalisation's too. */
record ReptileNetwork(ReptileSettings settings, Combination combination, TaskShape shape) {
    /** Inner updates g1 to gk that make a meta-gradient. */
    enum Combination {
        /** g1 + ... + gk, the first weights minus the last: Reptile. */
        SUM,
        /** gk alone: FOML. */
        LAST
    }

    private Headed network() {
        return shape.headed();
    }

    ParameterLayout layout() {
        return network().layout();
    }

    /** Second moment of inner Adam, which tasks hand on: statistics of the model. */
    ParameterLayout statisticsLayout() {
        return InnerState.statisticsLayout(settings, layout());
    }

    Model initialise(long seed, DataType type) {
        Parameters parameters = Parameters.zeros(layout(), type);
        network().initialise(parameters, settings.headInit(), new Random(seed));
        return new Model(parameters, Parameters.zeros(statisticsLayout(), type));
    }

    /** Outputs [examples, outputs] for a set. */
    Value outputs(Graph graph, Map<String, Value> weights, SetInput set) {
        return network().forward(weights, set.images(graph), set.count(), BatchNorm.batch());
    }

    /** Mean loss of a set. */
    Value loss(Graph graph, Map<String, Value> weights, SetInput set) {
        return shape.objective().loss(outputs(graph, weights, set), set.targets(graph));
    }
}
