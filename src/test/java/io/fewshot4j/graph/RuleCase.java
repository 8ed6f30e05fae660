package io.fewshot4j.graph;

import io.fewshot4j.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Shapes of further operands and then of a network's parameters. */
    static List<Shape> shapes(ParameterLayout layout, Shape... operands) {
        List<Shape> shapes = new ArrayList<>(List.of(operands));
        new Graph().inputs(layout).values().forEach(value -> shapes.add(value.shape()));
        return shapes;
    }

    /** The last operands by their names in the layout. */
    static Map<String, Value> weights(ParameterLayout layout, List<Value> operands) {
        Map<String, Value> weights = new LinkedHashMap<>();
        int first = operands.size() - layout.entries().size();
        for (ParameterLayout.Entry entry : layout.entries()) {
            weights.put(entry.name(), operands.get(first + weights.size()));
        }
        return weights;
    }

    @Override
    public String toString() {
        return name;
    }
}
