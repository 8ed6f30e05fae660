package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeOperation;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** Sums, differences and products of a matrix with another, with a row, a column or a scalar. */
enum Elementwise implements Op {
    ADD(NativeOperation.ADD),
    SUBTRACT(NativeOperation.SUBTRACT),
    MULTIPLY(NativeOperation.MULTIPLY);

    private final NativeOperation operation;

    Elementwise(NativeOperation operation) {
        this.operation = operation;
    }

    @Override
    public Shape shape(List<Value> inputs) {
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        boolean fits = (b.rows() == a.rows() || b.rows() == 1) && (b.columns() == a.columns() || b.columns() == 1);
        if (!fits) {
            throw new IllegalArgumentException(operation.nativeName()
                    + " needs equal shapes, a row, a column or a scalar, got " + a + " and " + b);
        }
        return a;
    }

    @Override
    public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
        Value a = self.input(0);
        Value b = self.input(1);
        boolean row = this == ADD && b.rows() == 1 && a.rows() > 1 && b.columns() == a.columns();
        if (row && (a.perTask() || !b.perTask())) {
            return emitter.addRow(inputs.get(0), inputs.get(1), emitter.copies(b));
        }
        return isAligned(a, b)
                ? emitter.call(operation, inputs)
                : emitter.callEach(operation, inputs.get(0), emitter.copies(a), inputs.get(1), emitter.copies(b));
    }

    /** Whether stacks of both can be taken for one matrix. */
    private static boolean isAligned(Value a, Value b) {
        if (a.perTask() && b.perTask()) {
            return a.rows() == b.rows();
        }
        return !b.perTask() && (!a.perTask() || b.rows() == 1);
    }

    @Override
    public List<Optional<Value>> gradient(Value self, Value upstream) {
        Value a = self.input(0);
        Value b = self.input(1);
        return switch (this) {
            case ADD -> List.of(Optional.of(upstream), Optional.of(Ops.sumTo(upstream, b.shape())));
            case SUBTRACT -> List.of(Optional.of(upstream), Optional.of(Ops.scale(Ops.sumTo(upstream, b.shape()), -1)));
            case MULTIPLY ->
                List.of(
                        Optional.of(Ops.multiply(upstream, b)),
                        Optional.of(Ops.sumTo(Ops.multiply(upstream, a), b.shape())));
        };
    }
}
