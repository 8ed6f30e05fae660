package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Program;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Graphs by which a learner adapts and answers. Their state is all arrays that an inner step reads or changes. */
public interface AdaptationGraphs {
    /** Name of the answers' output. */
    String OUTPUTS = "outputs";

    /** Arrays of the state. */
    ParameterLayout state();

    /** Writes the state before the first step. */
    void begin(Parameters state);

    /** Batches of the inner steps of a test, one for each step. */
    List<LabelledImages> batches(Support support);

    /** Number of the programs that serve a step: steps that do not differ have the same. */
    int variant(int step);

    /** A set of examples as inputs of the graphs. */
    SetInput set(String name, int count);

    /** One inner step on the set "support": changed arrays of the state by name. */
    Program step(int variant, int examples, DataType type);

    /** {@link #OUTPUTS} for batches of the set "query", each a task of the graph, normalised by itself. */
    Program forward(int variant, int batches, int images, DataType type);

    /**
     * {@link #OUTPUTS} for the set "query", normalised by the statistics of the set "support".
     *
     * @throws UnsupportedOperationException where {@link #statistics} lacks them
     */
    default Program forwardBySupport(int variant, int support, int queries, DataType type) {
        throw new UnsupportedOperationException("no answers by the support set's statistics");
    }

    /**
     * {@link #OUTPUTS} for the set "query", normalised by running statistics, which are part of the state.
     *
     * @throws UnsupportedOperationException where {@link #statistics} lacks them
     */
    default Program forwardByRunning(int images, DataType type) {
        throw new UnsupportedOperationException("no answers by running statistics");
    }

    /** Answers that outputs stand for. */
    Scores scores(INDArray outputs);

    /** Statistics that answers can be given by. */
    Set<BatchStatistics> statistics();
}
