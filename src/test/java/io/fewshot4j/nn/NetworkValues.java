package io.fewshot4j.nn;

import io.fewshot4j.graph.Calculator;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Random weights and images for a network, and the features that it makes of them. */
final class NetworkValues {
    private final Network network;
    private final int images;
    final Map<String, double[]> entries = new LinkedHashMap<>();

    NetworkValues(Network network, int images) {
        this.network = network;
        this.images = images;
        Random random = new Random(1);
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            entries.put(entry.name(), random.doubles(entry.length(), -1, 1).toArray());
        }
        entries.put(
                "x",
                random.doubles((long) images * network.image().size(), -1, 1).toArray());
    }

    double[] get(String name) {
        return entries.getOrDefault(name, new double[0]);
    }

    /** Features as a value of a graph. */
    static Value features(Network network, Graph graph, int images) {
        int channels = network.image().channels();
        Value x = graph.input("x", images * network.image().size() / channels, channels);
        return network.forward(graph.inputs(network.layout()), x, images, BatchNorm.batch());
    }

    double[] features() {
        Map<String, Value> outputs = Map.of("features", features(network, new Graph(), images));
        try (Calculator calculator = new Calculator(outputs, entries)) {
            return calculator.run().get("features");
        }
    }
}
