package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.nn.Particles;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network with several linear heads, or several networks with one each. Only particles adapt; a shared body does not.
 */
record ParticleNetwork(Bmaml.Settings settings, TaskShape shape) {
    private Headed network() {
        return shape.headed();
    }

    private boolean sharesBody() {
        return settings.ensemble().sharedBody();
    }

    Particles particles() {
        ParameterLayout one = sharesBody() ? network().head() : network().layout();
        return new Particles(one, settings.ensemble().particles());
    }

    ParameterLayout layout() {
        ParameterLayout all = particles().layout();
        return sharesBody() ? network().body().layout().with(all) : all;
    }

    Model initialise(long seed, DataType type) {
        Parameters parameters = Parameters.zeros(layout(), type);
        Random random = new Random(seed);
        if (sharesBody()) {
            network().body().initialise(parameters, random);
        }
        for (int particle = 0; particle < settings.ensemble().particles(); particle++) {
            initialise(parameters, particle, random);
        }
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    private void initialise(Parameters parameters, int particle, Random random) {
        if (sharesBody()) {
            settings.headInit().write(parameters.get(Particles.name(particle, Headed.WEIGHT)), random);
            return;
        }
        try (Parameters one =
                Parameters.zeros(network().layout(), parameters.flat().dataType())) {
            network().initialise(one, settings.headInit(), random);
            one.names()
                    .forEach(name ->
                            parameters.get(Particles.name(particle, name)).assign(one.get(name)));
        }
    }

    /** Outputs [examples, outputs] of a particle for a set; a shared body's features are one value for all of them. */
    Value outputs(Graph graph, Map<String, Value> parameters, Map<String, Value> particle, SetInput set) {
        Map<String, Value> weights = new LinkedHashMap<>(parameters);
        weights.putAll(particle);
        return network().forward(weights, set.images(graph), set.count(), BatchNorm.batch());
    }

    /** Minus the log likelihood of a set's targets, but for a constant. */
    Value energy(Graph graph, Map<String, Value> parameters, Map<String, Value> particle, SetInput set) {
        Value loss = shape.objective().loss(outputs(graph, parameters, particle, set), set.targets(graph));
        return Ops.scale(loss, scale(set));
    }

    /** Energy of a set for each unit of its mean loss. */
    double scale(SetInput set) {
        return set.count() * shape.objective().energy();
    }

    /** Answers of all particles together. */
    Value answers(Graph graph, Map<String, Value> parameters, List<Map<String, Value>> particles, SetInput set) {
        return Particles.mean(particles.stream()
                .map(particle -> shape.objective().answers(outputs(graph, parameters, particle, set)))
                .toList());
    }
}
