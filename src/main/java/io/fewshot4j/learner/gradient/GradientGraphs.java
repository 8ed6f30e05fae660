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
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * MAML's adaptation: every inner step sees the whole support set.
 *
 * @param initial first weights, the model's
 */
record GradientGraphs(GradientNetwork network, Parameters initial) implements AdaptationGraphs {
    @Override
    public ParameterLayout state() {
        return network.layout().with(network.memory());
    }

    @Override
    public void begin(Parameters state) {
        initial.names().forEach(name -> state.get(name).assign(initial.get(name)));
        network.memory().shapes().keySet().forEach(name -> state.get(name).assign(0));
    }

    @Override
    public List<LabelledImages> batches(Support support) {
        return Collections.nCopies(network.settings().testInnerSteps(), support.examples());
    }

    @Override
    public int variant(int step) {
        return network.learned().differByStep() ? step : 0;
    }

    @Override
    public SetInput set(String name, int count) {
        return network.shape().set(name, count);
    }

    @Override
    public Program step(int variant, int examples, DataType type) {
        return MetaGraph.innerStep(network, variant, set("support", examples), type);
    }

    @Override
    public Program forward(int variant, int batches, int images, DataType type) {
        return MetaGraph.forward(network, variant, batches, set("query", images), type);
    }

    @Override
    public Program forwardBySupport(int variant, int support, int queries, DataType type) {
        return MetaGraph.forwardBySupport(network, variant, set("support", support), set("query", queries), type);
    }

    @Override
    public Scores scores(INDArray outputs) {
        return Scores.of(network.shape().objective(), outputs);
    }

    @Override
    public Set<BatchStatistics> statistics() {
        return network.statistics();
    }
}
