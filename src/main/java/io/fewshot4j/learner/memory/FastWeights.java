package io.fewshot4j.learner.memory;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights of layers that a task has beside the slow ones: a mean of several, weighted anew for each image. What a layer
 * gives is linear in its weights, so the images are weighted, once for each memory, and stand side by side as more
 * channels.
 *
 * @param memories weights by layer, at least one
 * @param attention how much each image takes of each memory, [images, memories]; none where all take all of a single
 *     one
 */
record FastWeights(List<Map<String, Value>> memories, Optional<Value> attention) {
    /** Weights that all images share. */
    static FastWeights shared(Map<String, Value> weights) {
        return new FastWeights(List.of(weights), Optional.empty());
    }

    /** Input of the layer, [rows, memories x columns], of {@code x} with as many rows for each image. */
    Value weighted(Value x) {
        return attention.map(shares -> weighted(x, shares)).orElse(x);
    }

    private Value weighted(Value x, Value shares) {
        int rows = x.rows() / shares.rows();
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < memories.size(); i++) {
            parts.add(Ops.multiply(x, Blocks.repeatRows(Blocks.columns(shares, i, i + 1), 1, rows)));
        }
        return Blocks.concatenateColumns(parts);
    }

    /** The weights that go with it, of a layer that takes {@code x}: [taps x memories x columns of x, out]. */
    Value weights(String layer, Value x) {
        List<Value> parts =
                memories.stream().map(memory -> Lookup.in(memory, layer)).toList();
        Value first = parts.get(0);
        int taps = first.rows() / x.columns();
        Value beside = Blocks.concatenateColumns(parts.stream()
                .map(part -> Ops.reshape(part, taps, x.columns() * part.columns()))
                .toList());
        return Ops.reshape(beside, first.rows() * parts.size(), first.columns());
    }
}
