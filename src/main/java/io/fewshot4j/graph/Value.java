package io.fewshot4j.graph;

import java.util.List;

/** One matrix of a {@link Graph}: an operation on other values. Made by {@link Graph} and {@link Ops} only. */
public final class Value {
    private final Graph graph;
    private final int id;
    private final Op op;
    private final List<Value> inputs;
    private final Shape shape;
    private final boolean perTask;

    Value(Graph graph, int id, Op op, List<Value> inputs, Shape shape) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.inputs = inputs;
        this.shape = shape;
        this.perTask = graph.tasks() > 1 && op.perTask(inputs);
    }

    public Shape shape() {
        return shape;
    }

    public int rows() {
        return shape.rows();
    }

    public int columns() {
        return shape.columns();
    }

    /** Whether each task of the graph has one of its own. */
    public boolean perTask() {
        return perTask;
    }

    /** The graph that it is a value of. */
    public Graph graph() {
        return graph;
    }

    /** Rises with creation: inputs have lower ids. */
    int id() {
        return id;
    }

    Op op() {
        return op;
    }

    List<Value> inputs() {
        return inputs;
    }

    Value input(int index) {
        return inputs.get(index);
    }

    @Override
    public String toString() {
        return "%" + id + " " + op + " " + shape;
    }
}
