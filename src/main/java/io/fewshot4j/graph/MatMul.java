package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** The product of two matrices, each transposed or not. */
record MatMul(boolean transposeA, boolean transposeB) implements Op {
    @Override
    public Shape shape(List<Value> inputs) {
        Shape a = turned(inputs.get(0).shape(), transposeA);
        Shape b = turned(inputs.get(1).shape(), transposeB);
        if (a.columns() != b.rows()) {
            throw new IllegalArgumentException(
                    "a matrix product needs as many columns as rows, got " + a + " and " + b);
        }
        return new Shape(a.rows(), b.columns());
    }

    private static Shape turned(Shape shape, boolean transpose) {
        return transpose ? shape.transposed() : shape;
    }

    @Override
    public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
        int copiesOfA = emitter.copies(self.input(0));
        int copiesOfB = emitter.copies(self.input(1));
        SDVariable a = inputs.get(0);
        SDVariable b = inputs.get(1);
        return copiesOfB == 1 && (copiesOfA == 1 || !transposeA)
                ? emitter.matmul(a, b, transposeA, transposeB)
                : emitter.matmulEach(
                        emitter.repeated(a, copiesOfA), emitter.repeated(b, copiesOfB), transposeA, transposeB);
    }

    @Override
    public List<Optional<Value>> gradient(Value self, Value u) {
        Value a = self.input(0);
        Value b = self.input(1);
        Value byA = transposeA ? Ops.matmul(b, u, transposeB, true) : Ops.matmul(u, b, false, !transposeB);
        Value byB = transposeB ? Ops.matmul(u, a, true, transposeA) : Ops.matmul(a, u, !transposeA, false);
        return List.of(Optional.of(byA), Optional.of(byB));
    }
}
