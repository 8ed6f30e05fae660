package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Plan;
import io.fewshot4j.graph.Program;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of a model that inner steps change, weights and second moment. Compiled once for each number of images. */
final class InnerSteps implements AutoCloseable {
    private final GradientNetwork network;
    private final ReptileSettings settings;
    private final Model now;
    private final Model next;
    private final Map<Integer, Executor> executors = new HashMap<>();

    InnerSteps(GradientNetwork network, ReptileSettings settings, Model model) {
        this.network = network;
        this.settings = settings;
        this.now = model.copy();
        this.next = model.copy();
    }

    /** Begins from {@code model}. */
    void reset(Model model) {
        assign(model, now);
    }

    private static void assign(Model from, Model to) {
        to.parameters().assign(from.parameters());
        to.statistics().assign(from.statistics());
    }

    Parameters weights() {
        return now.parameters();
    }

    void step(LabelledImages batch) {
        Executor executor = executors.computeIfAbsent(batch.count(), this::executor);
        Feed.images(executor, ReptileGraph.batch(0), network.body().patches(), List.of(batch));
        Feed.labels(executor, ReptileGraph.batch(0) + "-labels", List.of(batch), network.way());
        executor.run();
        assign(next, now);
    }

    private Executor executor(int images) {
        Program program = ReptileGraph.innerStep(network, settings, images, now.type());
        return new Executor(program, Plan.of(program), arrays(now), arrays(next));
    }

    private static Map<String, INDArray> arrays(Model model) {
        Map<String, INDArray> arrays = new HashMap<>();
        for (Parameters part : List.of(model.parameters(), model.statistics())) {
            part.names().forEach(name -> arrays.put(name, part.get(name)));
        }
        return arrays;
    }

    @Override
    public void close() {
        executors.values().forEach(Executor::close);
        now.close();
        next.close();
    }
}
