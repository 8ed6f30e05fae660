package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.ModelLoss;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The loss whose derivative a meta-gradient is, computed forward alone. For order 1 every inner gradient and loss is
 * held as it is at the beginning.
 */
record HeldLoss(GradientNetwork network, Stage stage, TaskShape shape, DataType type) {
    ModelLoss of(List<Episode> tasks, Compiled compiled) {
        Executor loss = compiled.get("loss", () -> MetaGraph.loss(network, stage, shape, type));
        List<Map<String, double[]>> held = tasks.stream()
                .map(task -> stage.order() == 1 ? innerGradients(task, compiled) : Map.<String, double[]>of())
                .toList();
        return () -> IntStream.range(0, tasks.size())
                .mapToDouble(i -> loss(loss, tasks.get(i), held.get(i)))
                .average()
                .orElseThrow();
    }

    private double loss(Executor loss, Episode task, Map<String, double[]> held) {
        for (String input : loss.inputs()) {
            if (held.containsKey(input)) {
                Transfer.write(Lookup.in(held, input), loss.input(input));
            }
        }
        shape.support().feed(loss, List.of(task.support()));
        shape.query().feed(loss, List.of(task.query()));
        loss.run();
        return Transfer.read(loss.output(MetaGraph.LOSS))[0];
    }

    private Map<String, double[]> innerGradients(Episode task, Compiled compiled) {
        Executor steps = compiled.get("inner gradients", () -> MetaGraph.innerGradients(network, stage, shape, type));
        shape.support().feed(steps, List.of(task.support()));
        steps.run();
        Map<String, double[]> gradients = new HashMap<>();
        for (int step = 0; step < network.settings().innerSteps(); step++) {
            List<String> names = new ArrayList<>(network.adaptedAt(step).keySet());
            names.add(MetaGraph.LOSS);
            for (String name : names) {
                String held = MetaGraph.held(step, name);
                gradients.put(held, Transfer.read(steps.output(held)));
            }
        }
        return gradients;
    }
}
