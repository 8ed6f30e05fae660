package io.fewshot4j.graph;

import java.util.List;
import java.util.function.Function;

/**
 * An operation on operands of some shapes.
 *
 * @param positive whether the operands must be positive
 */
record RuleCase(String name, boolean positive, List<Shape> operands, Function<List<Value>, Value> operation) {
    static RuleCase of(String name, List<Shape> operands, Function<List<Value>, Value> operation) {
        return new RuleCase(name, false, operands, operation);
    }

    /** One operation as it is, past the rewriting in {@link Ops}. */
    static RuleCase of(Op op, Shape... operands) {
        return of(op + " of " + List.of(operands), List.of(operands), x -> Ops.make(op, x.toArray(new Value[0])));
    }

    @Override
    public String toString() {
        return name;
    }
}
