package io.fewshot4j.nn;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * A long short-term memory cell, <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber
 * 1997</a>, with forget gate. The columns of its parameters are four runs of {@code hidden}: input, forget, candidate
 * and output.
 *
 * @param name what its parameters begin with
 * @param inputs entries of an input row
 * @param hidden entries of a state row
 */
public record LstmCell(String name, int inputs, int hidden) {
    private static final int GATES = 4;

    /** Hidden state h and cell state c, each [rows, hidden]. */
    public record State(Value h, Value c) {}

    /**
     * {@code NAME.input} [inputs, 4 hidden], {@code NAME.hidden} [hidden, 4 hidden] and {@code NAME.bias} [4 hidden].
     */
    public ParameterLayout layout() {
        long gates = (long) GATES * hidden;
        return ParameterLayout.none()
                .with(name + ".input", inputs, gates)
                .with(name + ".hidden", hidden, gates)
                .with(name + ".bias", gates);
    }

    /** All parameters uniform within 1 / sqrt(hidden). */
    public void initialise(Parameters parameters, Random random) {
        double limit = 1 / Math.sqrt(hidden);
        for (ParameterLayout.Entry entry : layout().entries()) {
            Initialisation.uniform(parameters.get(entry.name()), -limit, limit, random);
        }
    }

    /** Weights of an input, [inputs, 4 hidden]. */
    public Value inputWeights(Map<String, Value> weights) {
        return Lookup.in(weights, name + ".input");
    }

    /** Weights of the hidden state, [hidden, 4 hidden]. */
    public Value hiddenWeights(Map<String, Value> weights) {
        return Lookup.in(weights, name + ".hidden");
    }

    /** Bias, [1, 4 hidden]. */
    public Value bias(Map<String, Value> weights) {
        return Lookup.in(weights, name + ".bias");
    }

    /** The state of zeros. */
    public State zeros(Graph graph, int rows) {
        Value zeros = graph.filled(rows, hidden, 0);
        return new State(zeros, zeros);
    }

    /**
     * The state after {@code x} [rows, inputs]. Weights are cut into gates, not what they give: that is done once for
     * all steps, and rows may be many.
     */
    public State step(Map<String, Value> weights, Value x, State state) {
        return next(gate -> before(weights, x, state, gate), state);
    }

    /** The state after what all gates have before their non-linearities [rows, 4 hidden], for few rows. */
    public State step(Value before, State state) {
        return next(gate -> part(before, gate), state);
    }

    private static State next(IntFunction<Value> before, State state) {
        Value input = Functions.sigmoid(before.apply(0));
        Value forget = Functions.sigmoid(before.apply(1));
        Value candidate = Functions.tanh(before.apply(2));
        Value output = Functions.sigmoid(before.apply(3));
        Value c = Ops.add(Ops.multiply(forget, state.c()), Ops.multiply(input, candidate));
        return new State(Ops.multiply(output, Functions.tanh(c)), c);
    }

    private Value before(Map<String, Value> weights, Value x, State state, int gate) {
        Value fromInput = Ops.matmul(x, part(inputWeights(weights), gate));
        Value fromHidden = Ops.matmul(state.h(), part(hiddenWeights(weights), gate));
        return Ops.add(Ops.add(fromInput, fromHidden), part(bias(weights), gate));
    }

    private Value part(Value ofGates, int gate) {
        return Blocks.columns(ofGates, gate * hidden, (gate + 1) * hidden);
    }
}
