package io.fewshot4j.learner.gradient;

import io.fewshot4j.FewShotException;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.learner.Adaptation;
import io.fewshot4j.learner.AdaptationGraphs;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.ModelLoss;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.gradient.ReptileNetwork.Combination;
import io.fewshot4j.learner.gradient.ReptileSettings.InnerOptimizer;
import io.fewshot4j.learner.gradient.ReptileSettings.Tail;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adapts by steps on small batches; the meta-gradient is made of the updates themselves. */
final class ReptileLearner implements Learner {
    private final String name;
    private final ReptileNetwork network;
    private final Model model;
    private final Adaptation adaptation;
    private final MetaExecutor meta;

    ReptileLearner(String name, ReptileNetwork network, Model model) {
        this.name = name;
        this.network = network;
        this.model = model;
        this.adaptation = new Adaptation(name, new ReptileGraphs(network, model), model.type());
        this.meta = new MetaExecutor(() -> ReptileGraph.metaGradient(network, model.type()), model, network.shape());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<Episode> tasks) {
        List<List<LabelledImages>> batches = tasks.stream()
                .map(task -> InnerBatches.training(network.settings(), task))
                .toList();
        List<SetInput> sets = ReptileGraph.batches(network);
        for (int step = 0; step < sets.size(); step++) {
            int now = step;
            sets.get(step)
                    .feed(
                            executor,
                            batches.stream().map(ofTask -> ofTask.get(now)).toList());
        }
        if (network.settings().tail() == Tail.SHARED) {
            network.shape()
                    .query()
                    .feed(executor, tasks.stream().map(Episode::query).toList());
        }
    }

    /** A term of the loss: that of a batch where the weights are moved by {@code offset}. */
    private record Term(LabelledImages batch, INDArray offset) {}

    /**
     * The inner losses that the updates descend, each at weights from which the updates before it are held fixed.
     *
     * @throws FewShotException for Adam, whose updates are no gradient of anything
     */
    @Override
    public ModelLoss loss(List<Episode> tasks) {
        if (network.settings().innerOptimizer() == InnerOptimizer.ADAM) {
            throw new FewShotException("inner-optimizer must be sgd for a gradient check, got adam: the updates of "
                    + name + " are then no derivative; set inner-optimizer=sgd");
        }
        List<Term> terms = tasks.stream().flatMap(task -> terms(task).stream()).toList();
        double share = network.settings().innerLearningRate() / tasks.size();
        return () -> terms.stream().mapToDouble(term -> share * loss(term)).sum();
    }

    private double loss(Term term) {
        adaptation.begin();
        adaptation.state().flat().addi(term.offset());
        SetInput batch = network.shape().set("batch", term.batch().count());
        Executor loss = adaptation.executor(batch.count(), () -> ReptileGraph.loss(network, batch, model.type()));
        batch.feed(loss, List.of(term.batch()));
        loss.run();
        return Transfer.read(loss.output(AdaptationGraphs.OUTPUTS))[0];
    }

    private List<Term> terms(Episode task) {
        List<Term> terms = new ArrayList<>();
        adaptation.begin();
        INDArray first = adaptation.state().flat().dup();
        List<LabelledImages> batches = InnerBatches.training(network.settings(), task);
        for (int step = 0; step < batches.size(); step++) {
            terms.add(new Term(batches.get(step), adaptation.state().flat().sub(first)));
            adaptation.step(step, batches.get(step));
        }
        return network.combination() == Combination.LAST ? terms.subList(terms.size() - 1, terms.size()) : terms;
    }

    @Override
    public Adapted adapt(Support support) {
        network.shape().requireWay(name, support);
        return adaptation.adapt(support);
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return adaptation.graphs().statistics();
    }

    @Override
    public Cost cost() {
        return meta.cost();
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        meta.close();
        adaptation.close();
    }
}
