package io.fewshot4j.learner.memory;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.nn.LruMemory;
import io.fewshot4j.nn.LstmCell;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The controller and its memory, as values of a graph. A step's input is a row of an image's pixels and the last
 * image's label. Logits are of the controller's state and of what was read.
 *
 * @param controller entries of the controller's state
 */
record MannNetwork(int controller, LruMemory memory, int pixels, int way) {
    /** The name of the input that {@link LruMemory#empty} asks for, the same for all tasks. */
    static final String FIRST_USAGE = "first-usage";

    private static final List<String> LAYERS = List.of("key", "gate", "output");

    /** Between two steps. */
    record State(LstmCell.State controller, LruMemory.State memory, Value read) {
        /** [1, controller + heads x width]. */
        Value features() {
            return Blocks.concatenateColumns(List.of(controller.h(), read));
        }
    }

    /** Entries of a step's input. */
    int inputs() {
        return pixels + way;
    }

    private int readSize() {
        return memory.heads() * memory.width();
    }

    private LstmCell cell() {
        return new LstmCell("controller", inputs() + readSize(), controller);
    }

    ParameterLayout layout() {
        return cell().layout()
                .with("key.weight", controller, readSize())
                .with("key.bias", readSize())
                .with("gate.weight", controller, memory.heads())
                .with("gate.bias", memory.heads())
                .with("output.weight", (long) controller + readSize(), way)
                .with("output.bias", way);
    }

    void initialise(Parameters parameters, Random random) {
        cell().initialise(parameters, random);
        for (String layer : LAYERS) {
            var weight = parameters.get(layer + ".weight");
            Initialisation.glorot(weight, weight.size(0), weight.size(1), random);
        }
    }

    /** Before the first image. */
    State start(Graph graph) {
        Value usage = graph.input(FIRST_USAGE, 1, memory.slots());
        return new State(cell().zeros(graph, 1), memory.empty(usage), graph.filled(1, readSize(), 0));
    }

    /** Value of {@link #FIRST_USAGE}: rising from slot to slot by as little as does not matter later. */
    float[] firstUsage() {
        float[] usage = new float[memory.slots()];
        for (int slot = 0; slot < usage.length; slot++) {
            usage[slot] = 1e-4f * slot / usage.length;
        }
        return usage;
    }

    /**
     * Share of images, whose rows are {@code x} [images, inputs], in the controller's gates, [images, 4 controller].
     */
    Value seen(Map<String, Value> weights, Value x) {
        Value ofInputs = Blocks.rows(cell().inputWeights(weights), 0, inputs());
        return Ops.add(Ops.matmul(x, ofInputs), cell().bias(weights));
    }

    /** After an image, which brings a row of {@link #seen}. */
    State step(Map<String, Value> weights, Value seen, State state) {
        Value ofRead = Blocks.rows(cell().inputWeights(weights), inputs(), inputs() + readSize());
        Value recurrent = Blocks.concatenateRows(List.of(cell().hiddenWeights(weights), ofRead));
        Value before = Ops.add(Ops.matmul(state.features(), recurrent), seen);
        LstmCell.State next = cell().step(before, state.controller());
        Value keys = Functions.tanh(layer(weights, "key", next.h()));
        Value gates = Functions.sigmoid(layer(weights, "gate", next.h()));
        LruMemory.State accessed = memory.access(
                state.memory(),
                Ops.reshape(keys, memory.heads(), memory.width()),
                Ops.reshape(gates, memory.heads(), 1));
        return new State(next, accessed, accessed.read());
    }

    /** [rows, way] of rows of {@link State#features}. */
    Value logits(Map<String, Value> weights, Value features) {
        return layer(weights, "output", features);
    }

    private static Value layer(Map<String, Value> weights, String name, Value x) {
        return Ops.add(Ops.matmul(x, Lookup.in(weights, name + ".weight")), Lookup.in(weights, name + ".bias"));
    }
}
