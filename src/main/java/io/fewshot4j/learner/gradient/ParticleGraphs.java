package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Program;
import io.fewshot4j.learner.AdaptationGraphs;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.Support;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adaptation of particles; the answer is the mean of theirs.
 *
 * @param initial first weights, the model's
 */
record ParticleGraphs(ParticleNetwork network, Parameters initial) implements AdaptationGraphs {
    @Override
    public ParameterLayout state() {
        return network.layout();
    }

    @Override
    public void begin(Parameters state) {
        state.assign(initial);
    }

    @Override
    public List<LabelledImages> batches(Support support) {
        return Collections.nCopies(network.settings().testInnerSteps(), support.examples());
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
        return ParticleGraph.innerStep(network, set("support", examples), type);
    }

    @Override
    public Program forward(int variant, int batches, int images, DataType type) {
        return ParticleGraph.forward(network, batches, set("query", images), type);
    }

    @Override
    public Scores scores(INDArray outputs) {
        return new Scores(Math.toIntExact(outputs.size(1)), Transfer.read(outputs));
    }

    @Override
    public Set<BatchStatistics> statistics() {
        return EnumSet.of(BatchStatistics.BATCH, BatchStatistics.SUPPORT_AND_ONE_QUERY);
    }
}
