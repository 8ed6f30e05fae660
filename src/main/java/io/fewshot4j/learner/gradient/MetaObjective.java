package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.EpisodeFeed;
import io.fewshot4j.learner.Objective;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** The loss whose derivative a meta-gradient is, computed forward alone. For order 1 every inner gradient and loss stays as it is at the beginning. */
record MetaObjective(GradientNetwork network, Stage stage, TaskShape shape, EpisodeFeed feed, DataType type) {
    Objective of(List<Episode> tasks, Compiled compiled) {
        Executor loss = compiled.get("loss", () -> MetaGraph.loss(network, stage, shape, type));
        List<Map<String, double[]>> fixed = tasks.stream()
                .map(task -> stage.order() == 1 ? innerGradients(task, compiled) : Map.<String, double[]>of())
                .toList();
        return () -> IntStream.range(0, tasks.size())
                .mapToDouble(i -> loss(loss, tasks.get(i), fixed.get(i)))
                .average()
                .orElseThrow();
    }

    private double loss(Executor loss, Episode task, Map<String, double[]> fixed) {
        if (fixed.isEmpty()) {
            feed.set(loss, "support", List.of(task.support()));
        }
        for (String input : loss.plan().inputs().keySet()) {
            if (fixed.containsKey(input)) {
                Transfer.write(Lookup.in(fixed, input), loss.input(input));
            }
        }
        feed.set(loss, "query", List.of(task.query()));
        loss.run();
        return Transfer.read(loss.output("loss"))[0];
    }

    private Map<String, double[]> innerGradients(Episode task, Compiled compiled) {
        Executor steps = compiled.get("inner gradients", () -> MetaGraph.innerGradients(network, stage, shape, type));
        feed.set(steps, "support", List.of(task.support()));
        steps.run();
        Map<String, double[]> gradients = new HashMap<>();
        for (int step = 0; step < network.settings().innerSteps(); step++) {
            List<String> names = new ArrayList<>(network.adaptedAt(step).keySet());
            names.add(MetaGraph.LOSS);
            for (String name : names) {
                String fixed = MetaGraph.fixed(step, name);
                gradients.put(fixed, Transfer.read(steps.output(fixed)));
            }
        }
        return gradients;
    }
}
