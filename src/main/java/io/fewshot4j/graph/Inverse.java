package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The inverse of a square matrix, as the solution of a linear system with partial pivoting: ND4J's own matrix_inverse
 * rejects whatever has a determinant below 1e-5 or so, such as 0.01 times the identity.
 */
record Inverse() implements Op {
    @Override
    public Shape shape(List<Value> inputs) {
        Shape shape = inputs.get(0).shape();
        if (shape.rows() != shape.columns()) {
            throw new IllegalArgumentException("an inverse needs as many rows as columns, got " + shape);
        }
        return shape;
    }

    @Override
    public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
        int n = self.rows();
        int copies = emitter.copies(self);
        SDVariable identity = emitter.groupMean(n, 1);
        SDVariable identities = copies == 1 ? identity : emitter.repeated(identity, 1);
        List<SDVariable> sides =
                List.of(emitter.reshape(inputs.get(0), copies, n, n), emitter.reshape(identities, copies, n, n));
        return emitter.reshape(
                emitter.call(NativeOperation.SOLVE, sides, NativeArgs.NONE, copies, n, n), (long) copies * n, n);
    }

    @Override
    public List<Optional<Value>> gradient(Value self, Value upstream) {
        Value left = Ops.matmul(self, upstream, true, false);
        return List.of(Optional.of(Ops.scale(Ops.matmul(left, self, false, true), -1)));
    }
}
