package io.fewshot4j.learner;

import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.tensor.Parameters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A learner's programs over parameters that stay the caller's, each compiled when it is first needed. */
public final class Compiled implements AutoCloseable {
    private final Map<String, INDArray> bound = new HashMap<>();
    private final Map<Object, Executor> executors = new HashMap<>();

    /** Programs whose inputs of the parameters' names are the parameters. */
    public Compiled(Parameters... parameters) {
        for (Parameters part : parameters) {
            part.names().forEach(name -> bound.put(name, part.get(name)));
        }
    }

    /** The one called {@code key}. */
    public Executor get(Object key, Supplier<Program> program) {
        return executors.computeIfAbsent(key, absent -> executor(program.get()));
    }

    private Executor executor(Program program) {
        return Executor.of(program, bound);
    }

    @Override
    public void close() {
        executors.values().forEach(Executor::close);
    }
}
