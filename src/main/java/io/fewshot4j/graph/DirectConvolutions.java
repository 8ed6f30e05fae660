package io.fewshot4j.graph;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds products that are convolutions with weights of all tasks, and whose unfolded images serve nothing else: the
 * images need not be unfolded.
 */
final class DirectConvolutions {
    private static final MatMul PRODUCT = new MatMul(false, false);

    private final Map<Value, ConvGeometry> products = new HashMap<>();
    private final Set<Value> spared = new HashSet<>();

    DirectConvolutions(List<Value> ordered, Collection<Value> outputs) {
        Map<Value, Integer> uses = new HashMap<>();
        ordered.forEach(value -> value.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
        outputs.forEach(output -> uses.merge(output, 1, Integer::sum));
        for (Value value : ordered) {
            if (value.op().equals(PRODUCT)
                    && value.input(0).op() instanceof Unfolding.Unfold unfold
                    && !value.input(1).perTask()
                    && Lookup.in(uses, value.input(0)) == 1) {
                products.put(value, unfold.geometry());
                spared.add(value.input(0));
            }
        }
    }

    boolean contains(Value value) {
        return products.containsKey(value);
    }

    /** Whether it is not needed at all. */
    boolean isSpared(Value value) {
        return spared.contains(value);
    }

    /** Geometry for one task. */
    ConvGeometry geometry(Value product) {
        return Lookup.in(products, product);
    }

    /** Images and weights. */
    static List<Value> inputs(Value product) {
        return List.of(product.input(0).input(0), product.input(1));
    }
}
