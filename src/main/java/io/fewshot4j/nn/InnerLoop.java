package io.fewshot4j.nn;

import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Gradient steps on a support loss, unrolled into the graph.
 *
 * @param adapted which parameters are updated
 * @param rule how, and what else a step changes
 * @param secondOrder whether gradients flow through the inner gradients; otherwise those are constants
 */
public record InnerLoop(Predicate<String> adapted, Rule rule, boolean secondOrder) {
    /**
     * Update rule of all weights. Values that a rule remembers from step to step lie among the weights, under names of
     * its own.
     */
    @FunctionalInterface
    public interface Rule {
        /**
         * The changed values, by name.
         *
         * @param weights all values, as the step finds them
         * @param gradients of the loss, by the names of what is adapted
         */
        Map<String, Value> next(Map<String, Value> weights, Map<String, Value> gradients, Value loss);
    }

    /** Update of one parameter, independent of all others. */
    @FunctionalInterface
    public interface UpdateRule {
        Value update(String name, Value weight, Value gradient);

        /** The rule of all parameters. */
        default Rule ofEach() {
            return (weights, gradients, loss) -> {
                Map<String, Value> next = new LinkedHashMap<>(gradients);
                next.replaceAll((name, gradient) -> update(name, Lookup.in(weights, name), gradient));
                return next;
            };
        }
    }

    /** Updates each parameter by itself. */
    public InnerLoop(Predicate<String> adapted, UpdateRule rule, boolean secondOrder) {
        this(adapted, rule.ofEach(), secondOrder);
    }

    /** weight - rate x gradient; the rate is a scalar. */
    public static UpdateRule gradientDescent(Value rate) {
        return (name, weight, gradient) -> Ops.subtract(weight, Ops.multiply(gradient, rate));
    }

    /** The weights before the first step and after each of {@code steps}, and the loss at each step's beginning. */
    public record Trajectory(List<Map<String, Value>> weights, List<Value> losses) {
        /** After the last step. */
        public Map<String, Value> last() {
            return weights.get(weights.size() - 1);
        }
    }

    /** Unrolls {@code steps} steps from {@code weights}. */
    public Trajectory unroll(Map<String, Value> weights, int steps, Function<Map<String, Value>, Value> loss) {
        List<Map<String, Value>> trajectory = new ArrayList<>(List.of(weights));
        List<Value> losses = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            Map<String, Value> current = trajectory.get(step);
            losses.add(loss.apply(current));
            trajectory.add(step(current, losses.get(step)));
        }
        return new Trajectory(trajectory, losses);
    }

    private Map<String, Value> step(Map<String, Value> weights, Value loss) {
        Map<String, Value> changed = new LinkedHashMap<>(weights);
        changed.keySet().removeIf(adapted.negate());
        Map<String, Value> gradients = Gradients.of(loss, changed);
        gradients.replaceAll((name, gradient) -> seen(gradient));
        Map<String, Value> next = new LinkedHashMap<>(weights);
        next.putAll(rule.next(weights, gradients, seen(loss)));
        return next;
    }

    private Value seen(Value value) {
        return secondOrder ? value : Ops.detach(value);
    }
}
