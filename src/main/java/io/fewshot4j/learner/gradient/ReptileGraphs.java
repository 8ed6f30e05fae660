package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Program;
import io.fewshot4j.learner.AdaptationGraphs;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.Support;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reptile's adaptation: inner steps see small batches of the support set.
 *
 * @param initial first weights and second moment
 */
record ReptileGraphs(ReptileNetwork network, Model initial) implements AdaptationGraphs {
    @Override
    public ParameterLayout state() {
        return network.layout().with(network.statisticsLayout());
    }

    @Override
    public void begin(Parameters state) {
        for (Parameters part : List.of(initial.parameters(), initial.statistics())) {
            part.names().forEach(name -> state.get(name).assign(part.get(name)));
        }
    }

    @Override
    public List<LabelledImages> batches(Support support) {
        return InnerBatches.test(network.settings(), support);
    }

    @Override
    public int variant(int step) {
        return 0;
    }

    @Override
    public SetInput set(String name, int count) {
        return network.shape().set(name, count);
    }

    @Override
    public Program step(int variant, int examples, DataType type) {
        return ReptileGraph.innerStep(network, set("support", examples), type);
    }

    @Override
    public Program forward(int variant, int batches, int images, DataType type) {
        return ReptileGraph.forward(network, batches, set("query", images), type);
    }

    @Override
    public Scores scores(INDArray outputs) {
        return Scores.of(network.shape().objective(), outputs);
    }

    @Override
    public Set<BatchStatistics> statistics() {
        return EnumSet.of(BatchStatistics.BATCH, BatchStatistics.SUPPORT_AND_ONE_QUERY);
    }
}
