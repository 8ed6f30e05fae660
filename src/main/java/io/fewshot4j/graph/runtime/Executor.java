package io.fewshot4j.graph.runtime;

import io.fewshot4j.graph.Program;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A program compiled and ready to run, wherever that is. One instance serves one thread. Arrays that live outside, such
 * as a model's parameters, may change between runs: inputs are read by each run, and outputs are written when it
 * returns.
 */
public interface Executor extends AutoCloseable {
    /**
     * An executor on the device that computes.
     *
     * @param inputs arrays that live outside, c-order and contiguous; the other inputs get arrays of their own
     */
    static Executor of(Program program, Map<String, INDArray> inputs) {
        return of(program, Plan.of(program), inputs, Map.of());
    }

    /**
     * An executor whose outputs live outside too, such as a gradient.
     *
     * @param plan the program's
     * @param outputs no input's array
     */
    static Executor of(Program program, Plan plan, Map<String, INDArray> inputs, Map<String, INDArray> outputs) {
        return ExecutorProvider.current().executor(program, plan, inputs, outputs);
    }

    /** Names of all inputs, those that live outside among them. */
    Set<String> inputs();

    /** Names of all outputs. */
    Set<String> outputs();

    /**
     * An input's array: to be written before {@link #run}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    INDArray input(String name);

    /**
     * An output's array: valid until the next {@link #run}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    INDArray output(String name);

    /** Runs every operation once on the inputs as they are. */
    void run();

    /** Gives back all memory but that of arrays that live outside. */
    @Override
    void close();
}
