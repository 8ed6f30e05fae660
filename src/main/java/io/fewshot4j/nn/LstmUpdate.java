package io.fewshot4j.nn;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Columns;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Shape;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An update rule that is learned, <a href="https://openreview.net/forum?id=rJY0-Kcll">Ravi and Larochelle 2017</a>:
 * weights are the cell of an LSTM, c' = sigmoid(f) c - sigmoid(i) gradient. Its gates f and i see the hidden state of
 * an LSTM over gradient and loss, the weight, and their own last value before its sigmoid. All coordinates share the
 * rule's parameters; each has a state of its own, which is 0 at first.
 *
 * @param hidden entries of the LSTM's state for each coordinate
 * @param forgetBias the forget gate's bias begins uniformly between this and 1 more
 * @param inputBias the same for the input gate
 * @param gradientScale gradients are multiplied by it before all else
 */
public record LstmUpdate(int hidden, double forgetBias, double inputBias, double gradientScale)
        implements InnerLoop.Rule {
    /** Beginning of its parameters' names. */
    public static final String PREFIX = "meta.";

    private static final String MEMORY = "memory.";
    private static final List<String> GATES = List.of("forget", "input");
    private static final double FIRST_LIMIT = 0.01;
    private static final double P = 10;

    public LstmUpdate {
        if (hidden < 1) {
            throw new IllegalArgumentException("hidden must be at least 1, got " + hidden);
        }
    }

    private LstmCell lstm() {
        return new LstmCell(PREFIX + "lstm", 4, hidden);
    }

    private static String weight(String gate) {
        return PREFIX + gate + ".weight";
    }

    private static String bias(String gate) {
        return PREFIX + gate + ".bias";
    }

    /** The LSTM; for each gate a weight of hidden state, weight and last gate [hidden + 2, 1] and a bias [1, 1]. */
    public ParameterLayout layout() {
        ParameterLayout layout = lstm().layout();
        for (String gate : GATES) {
            layout = layout.with(weight(gate), hidden + 2L, 1).with(bias(gate), 1, 1);
        }
        return layout;
    }

    /** Arrays that it remembers of so many coordinates: states [coordinates, hidden] and gates [coordinates, 1]. */
    public ParameterLayout memory(long coordinates) {
        ParameterLayout layout =
                ParameterLayout.none().with(MEMORY + "h", coordinates, hidden).with(MEMORY + "c", coordinates, hidden);
        for (String gate : GATES) {
            layout = layout.with(MEMORY + gate, coordinates, 1);
        }
        return layout;
    }

    /** Weights within 0.01, so that at first each step is one of plain gradient descent with a little decay. */
    public void initialise(Parameters parameters, Random random) {
        for (ParameterLayout.Entry entry : layout().entries()) {
            Initialisation.uniform(parameters.get(entry.name()), -FIRST_LIMIT, FIRST_LIMIT, random);
        }
        Initialisation.uniform(parameters.get(bias("forget")), forgetBias, forgetBias + 1, random);
        Initialisation.uniform(parameters.get(bias("input")), inputBias, inputBias + 1, random);
    }

    @Override
    public Map<String, Value> next(Map<String, Value> weights, Map<String, Value> gradients, Value loss) {
        List<String> names = List.copyOf(gradients.keySet());
        List<Value> before = all(names, weights);
        Value c = Columns.join(before);
        Value gradient = Ops.scale(Columns.join(all(names, gradients)), gradientScale);
        Value seenLoss = Ops.broadcast(Functions.logAndSign(loss, P), new Shape(c.rows(), 2));
        Value x = Blocks.concatenateColumns(List.of(seenLoss, Functions.logAndSign(gradient, P)));
        LstmCell.State last =
                new LstmCell.State(memory(weights, "h", c.rows(), hidden), memory(weights, "c", c.rows(), hidden));
        LstmCell.State state = lstm().step(weights, x, last);
        Value forget = gate(weights, "forget", state.h(), c);
        Value input = gate(weights, "input", state.h(), c);
        Value kept = Ops.multiply(Functions.sigmoid(forget), c);
        Value next = Ops.subtract(kept, Ops.multiply(Functions.sigmoid(input), gradient));
        List<Value> parts = Columns.split(next, before);
        Map<String, Value> changed = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            changed.put(names.get(i), parts.get(i));
        }
        changed.put(MEMORY + "h", state.h());
        changed.put(MEMORY + "c", state.c());
        changed.put(MEMORY + "forget", forget);
        changed.put(MEMORY + "input", input);
        return changed;
    }

    /** Before its sigmoid, [coordinates, 1]. */
    private Value gate(Map<String, Value> weights, String gate, Value h, Value c) {
        Value weight = Lookup.in(weights, weight(gate));
        Value last = memory(weights, gate, c.rows(), 1);
        Value fromHidden = Ops.matmul(h, Blocks.rows(weight, 0, hidden));
        Value fromWeight = Ops.multiply(c, Blocks.rows(weight, hidden, hidden + 1));
        Value fromLast = Ops.multiply(last, Blocks.rows(weight, hidden + 1, hidden + 2));
        return Ops.add(Ops.add(Ops.add(fromHidden, fromWeight), fromLast), Lookup.in(weights, bias(gate)));
    }

    private static Value memory(Map<String, Value> weights, String part, int rows, int columns) {
        Graph graph = weights.values().iterator().next().graph();
        return weights.getOrDefault(MEMORY + part, graph.filled(rows, columns, 0));
    }

    private static List<Value> all(List<String> names, Map<String, Value> values) {
        return names.stream().map(name -> Lookup.in(values, name)).toList();
    }
}
