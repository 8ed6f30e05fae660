package io.fewshot4j.learner.regression;

import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Plan;
import io.fewshot4j.graph.Program;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of all particles that steps change. One program makes every step: SameDiff is slow to build graphs of many small operations. */
final class ParticleSteps implements AutoCloseable {
    static final String ANSWERS = "answers";

    private final Parameters now;
    private final Parameters next;
    private final Map<Object, Executor> executors = new HashMap<>();

    ParticleSteps(Parameters parameters) {
        this.now = parameters.copy();
        this.next = parameters.copy();
    }

    /** That of a key, of what is called {@link #ANSWERS} before a step and each parameter after it. */
    Executor get(Object key, Supplier<Program> program) {
        return executors.computeIfAbsent(key, absent -> executor(program.get()));
    }

    private Executor executor(Program program) {
        return new Executor(program, Plan.of(program), arrays(now), arrays(next));
    }

    private static Map<String, INDArray> arrays(Parameters parameters) {
        Map<String, INDArray> arrays = new HashMap<>();
        parameters.names().forEach(name -> arrays.put(name, parameters.get(name)));
        return arrays;
    }

    /** The answers from {@code initial} on and after each of so many steps, of an executor whose other inputs are set. */
    List<double[]> answers(Executor executor, Parameters initial, int steps) {
        now.assign(initial);
        List<double[]> answers = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            executor.run();
            answers.add(Transfer.read(executor.output(ANSWERS)));
            now.assign(next);
        }
        return answers;
    }

    @Override
    public void close() {
        executors.values().forEach(Executor::close);
        now.close();
        next.close();
    }
}
