package io.fewshot4j.graph;

import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.tensor.Transfer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Computes values of a graph, in double if not told otherwise, on inputs from the heap. */
public final class Calculator implements AutoCloseable {
    private final Executor executor;
    private final Map<String, double[]> inputs = new LinkedHashMap<>();

    /** @param inputs in c-order; the caller may change their entries between runs */
    public Calculator(Map<String, Value> outputs, Map<String, double[]> inputs) {
        this(outputs, inputs, DataType.DOUBLE);
    }

    public Calculator(Map<String, Value> outputs, Map<String, double[]> inputs, DataType type) {
        Program program = Program.of(outputs, type);
        Plan plan = Plan.of(program);
        this.executor = Executor.of(program, plan, Map.of(), Map.of());
        inputs.forEach((name, values) -> {
            if (plan.inputs().containsKey(name)) {
                this.inputs.put(name, values);
            }
        });
    }

    public Calculator run() {
        inputs.forEach((name, values) -> Transfer.write(values, executor.input(name)));
        executor.run();
        return this;
    }

    public double[] get(String output) {
        return Transfer.read(executor.output(output));
    }

    @Override
    public void close() {
        executor.close();
    }
}
