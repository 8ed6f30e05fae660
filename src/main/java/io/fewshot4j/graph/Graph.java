package io.fewshot4j.graph;

import io.fewshot4j.FewShotException;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes values, each once: an operation on the same inputs gives the same value again. A graph computes one or several
 * tasks at a time. It is written as for one task; what stands on a task's own input is there once for each task.
 */
public final class Graph {
    private record Key(Op op, List<Value> inputs) {}

    private final Map<Key, Value> values = new HashMap<>();
    private final int tasks;

    /** A graph of one task. */
    public Graph() {
        this(1);
    }

    /** A graph of {@code tasks} tasks, at least 1. */
    public Graph(int tasks) {
        if (tasks < 1) {
            throw new IllegalArgumentException("a graph must have at least 1 task, got " + tasks);
        }
        this.tasks = tasks;
    }

    public int tasks() {
        return tasks;
    }

    /** A matrix given at every run under {@code name}, the same for all tasks. */
    public Value input(String name, int rows, int columns) {
        return value(new Leaf.Input(name, new Shape(rows, columns), false), List.of());
    }

    /** A matrix of each task, given at every run under {@code name} as [tasks x rows, columns], task after task. */
    public Value taskInput(String name, int rows, int columns) {
        return value(new Leaf.Input(name, new Shape(rows, columns), true), List.of());
    }

    /**
     * An input for each array of a layout, by its name, the same for all tasks: a matrix with the array's last
     * dimension as columns.
     */
    public Map<String, Value> inputs(ParameterLayout layout) {
        Map<String, Value> inputs = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : layout.entries()) {
            int columns = Math.toIntExact(entry.shape().get(entry.shape().size() - 1));
            inputs.put(entry.name(), input(entry.name(), Math.toIntExact(entry.length() / columns), columns));
        }
        return inputs;
    }

    /** A matrix whose entries are all {@code fill}. */
    public Value filled(int rows, int columns, double fill) {
        return value(new Leaf.Filled(new Shape(rows, columns), fill), List.of());
    }

    /** Averages each run of {@code run} rows: [groups, groups x run] times X gives the mean rows. */
    public Value groupMean(int groups, int run) {
        if ((double) groups * groups * run > Integer.MAX_VALUE) {
            throw new FewShotException("the matrix that averages a batch must have at most " + Integer.MAX_VALUE
                    + " values, got " + groups + " x " + groups + " x " + run
                    + "; lower the images of an episode or of an inner batch");
        }
        return value(new Leaf.GroupMean(groups, run), List.of());
    }

    /** Ones on the diagonal of a square matrix of zeros. */
    public Value identity(int rows) {
        return groupMean(rows, 1);
    }

    Value value(Op op, List<Value> inputs) {
        Key key = new Key(op, inputs);
        Value known = values.get(key);
        if (known == null) {
            known = new Value(this, values.size(), op, inputs, op.shape(inputs));
            values.put(key, known);
        }
        return known;
    }
}
