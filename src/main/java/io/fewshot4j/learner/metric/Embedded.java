package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * A task's embedded images, each of which has equally many rows.
 *
 * @param weights the metric's parameters
 * @param shares 1 / shots at each class's support images, [way, support images]
 * @param queries how many queries there are
 * @param all of support images and then of queries
 * @param support of support images
 * @param query of queries
 */
public record Embedded(
        Graph graph, Map<String, Value> weights, Value shares, int queries, Value all, Value support, Value query) {
    /** A task whose images were embedded together. */
    static Embedded together(Graph graph, Map<String, Value> weights, Value shares, int queries, Value all) {
        int border = all.rows() / (shares.columns() + queries) * shares.columns();
        Value support = Blocks.rows(all, 0, border);
        return new Embedded(graph, weights, shares, queries, all, support, Blocks.rows(all, border, all.rows()));
    }

    /** A task whose support images and queries were embedded one after the other. */
    static Embedded apart(
            Graph graph, Map<String, Value> weights, Value shares, int queries, Value support, Value query) {
        Value all = Blocks.concatenateRows(List.of(support, query));
        return new Embedded(graph, weights, shares, queries, all, support, query);
    }

    /** Number of classes. */
    public int way() {
        return shares.rows();
    }

    /** Number of support images. */
    public int supports() {
        return shares.columns();
    }

    /** 1 at each class's support images, [way, support images]. */
    public Value members() {
        return Functions.step(shares);
    }
}
