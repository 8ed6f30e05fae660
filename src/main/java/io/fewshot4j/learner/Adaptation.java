package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adapts a copy of the parameters step by step and scores queries with it. Programs are compiled once for each size.
 */
public final class Adaptation implements AutoCloseable {
    private final String learner;
    private final AdaptationGraphs graphs;
    private final DataType type;
    private final Parameters now;
    private final Parameters next;
    private final Map<Object, Executor> executors = new HashMap<>();

    private record Step(int variant, int examples) {}

    /**
     * An adaptation in numbers of a type.
     *
     * @param learner name for messages
     */
    public Adaptation(String learner, AdaptationGraphs graphs, DataType type) {
        this.learner = learner;
        this.graphs = graphs;
        this.type = type;
        this.now = Parameters.zeros(graphs.state(), type);
        this.next = Parameters.zeros(graphs.state(), type);
    }

    /** Its graphs. */
    public AdaptationGraphs graphs() {
        return graphs;
    }

    String learner() {
        return learner;
    }

    DataType type() {
        return type;
    }

    /** Adapts to a support set; the states before the first step and after each are kept for as long as it is open. */
    public Adapted adapt(Support support) {
        List<INDArray> states = new ArrayList<>();
        begin();
        states.add(now.flat().dup());
        List<LabelledImages> batches = graphs.batches(support);
        for (int number = 0; number < batches.size(); number++) {
            step(number, batches.get(number));
            states.add(now.flat().dup());
        }
        return new AdaptedNetwork(this, states, support.examples());
    }

    /** Sets the state to the one before the first step. */
    public void begin() {
        graphs.begin(now);
        next.assign(now);
    }

    /** Makes an inner step; {@code number} counts from 0. */
    public void step(int number, LabelledImages batch) {
        int examples = batch.count();
        int variant = graphs.variant(number);
        Executor executor =
                executor(new Step(variant, examples), () -> graphs.step(variant, examples, type), arrays(next));
        graphs.set("support", examples).feed(executor, List.of(batch));
        executor.run();
        now.flat().assign(next.flat());
    }

    /** The state as it is now. */
    public Parameters state() {
        return now;
    }

    /** Sets the state. */
    void restore(INDArray state) {
        now.flat().assign(state);
    }

    /** A program over the state. */
    public Executor executor(Object key, Supplier<Program> program) {
        return executor(key, program, Map.of());
    }

    private Executor executor(Object key, Supplier<Program> source, Map<String, INDArray> outputs) {
        return executors.computeIfAbsent(key, absent -> {
            Program program = source.get();
            Map<String, INDArray> given = new HashMap<>(outputs);
            given.keySet().retainAll(program.outputs().keySet());
            return Executor.of(program, Plan.of(program), arrays(now), given);
        });
    }

    private static Map<String, INDArray> arrays(Parameters parameters) {
        Map<String, INDArray> arrays = new HashMap<>();
        parameters.names().forEach(name -> arrays.put(name, parameters.get(name)));
        return arrays;
    }

    @Override
    public void close() {
        executors.values().forEach(Executor::close);
        now.close();
        next.close();
    }
}
