package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.Attention;
import io.fewshot4j.nn.LstmCell;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Full-context embeddings (Vinyals et al. 2016, section 2.1.2 and appendix A): support images through a bidirectional
 * LSTM over the support set, queries through an LSTM that reads the support set by attention; both with skip
 * connections.
 *
 * @param features of an image
 * @param steps reads of each query, at least 1
 */
record FullContext(int features, int steps, Reading reading) {
    /** Ways to join what was read with a query's hidden state. */
    public enum Reading {
        /** Their sum is the hidden state. */
        ADDED,
        /** The paper's: both side by side are the hidden state. */
        CONCATENATED
    }

    private LstmCell forwards() {
        return new LstmCell("forwards", features, features);
    }

    private LstmCell backwards() {
        return new LstmCell("backwards", features, features);
    }

    /**
     * A recurrent weight of (state, read) is one of the state beside one of the read, which therefore enters as an
     * input.
     */
    private LstmCell reader() {
        return new LstmCell("reader", reading == Reading.CONCATENATED ? 2 * features : features, features);
    }

    private List<LstmCell> cells() {
        return List.of(forwards(), backwards(), reader());
    }

    ParameterLayout layout() {
        return cells().stream().map(LstmCell::layout).reduce(ParameterLayout.none(), ParameterLayout::with);
    }

    void initialise(Parameters parameters, Random random) {
        cells().forEach(cell -> cell.initialise(parameters, random));
    }

    /** g(x, S): each support image's features, and the states of both directions there; [support images, features]. */
    Value support(Map<String, Value> weights, Graph graph, Value features) {
        List<Value> images = new ArrayList<>();
        for (int i = 0; i < features.rows(); i++) {
            images.add(Blocks.rows(features, i, i + 1));
        }
        List<Value> before = states(forwards(), weights, graph, images);
        Collections.reverse(images);
        List<Value> after = states(backwards(), weights, graph, images);
        Collections.reverse(after);
        return Ops.add(features, Ops.add(Blocks.concatenateRows(before), Blocks.concatenateRows(after)));
    }

    private static List<Value> states(LstmCell cell, Map<String, Value> weights, Graph graph, List<Value> images) {
        List<Value> states = new ArrayList<>();
        LstmCell.State state = cell.zeros(graph, 1);
        for (Value image : images) {
            state = cell.step(weights, image, state);
            states.add(state.h());
        }
        return states;
    }

    /**
     * f(x, S): each query's state after all reads, [queries, features]. It begins at zero, so that the first read is
     * the mean of the support set.
     *
     * @param support as {@link #support} gives it
     */
    Value query(Map<String, Value> weights, Graph graph, Value features, Value support) {
        LstmCell.State state = reader().zeros(graph, features.rows());
        for (int step = 0; step < steps; step++) {
            Value read = Attention.of(Ops.matmul(state.h(), support, false, true), support);
            LstmCell.State next = read(weights, features, state, read);
            state = new LstmCell.State(Ops.add(next.h(), features), next.c());
        }
        return state.h();
    }

    private LstmCell.State read(Map<String, Value> weights, Value features, LstmCell.State state, Value read) {
        return reading == Reading.CONCATENATED
                ? reader().step(weights, Blocks.concatenateColumns(List.of(features, read)), state)
                : reader().step(weights, features, new LstmCell.State(Ops.add(state.h(), read), state.c()));
    }
}
