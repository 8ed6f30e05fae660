package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.learner.Adaptation;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.ModelLoss;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Transfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Adapts several particles together and learns from the chaser loss. */
final class ParticleLearner implements Learner {
    private final String name;
    private final ParticleNetwork network;
    private final TaskShape shape;
    private final Model model;
    private final Adaptation adaptation;
    private final MetaExecutor meta;
    private final Compiled compiled;

    ParticleLearner(String name, ParticleNetwork network, Model model) {
        this.name = name;
        this.network = network;
        this.shape = network.shape();
        this.model = model;
        this.adaptation = new Adaptation(name, new ParticleGraphs(network, model.parameters()), model.type());
        this.meta = new MetaExecutor(() -> ParticleGraph.metaGradient(network, model.type()), model, shape);
        this.compiled = new Compiled(model.parameters());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<Episode> tasks) {
        shape.support().feed(executor, tasks.stream().map(Episode::support).toList());
        shape.query().feed(executor, tasks.stream().map(Episode::query).toList());
    }

    /** The chaser loss for leaders that stay where they are at the beginning. */
    @Override
    public ModelLoss loss(List<Episode> tasks) {
        Executor loss = compiled.get("loss", () -> ParticleGraph.loss(network, model.type()));
        List<Map<String, double[]>> leaders = tasks.stream().map(this::leaders).toList();
        return () -> IntStream.range(0, tasks.size())
                .mapToDouble(i -> loss(loss, tasks.get(i), leaders.get(i)))
                .average()
                .orElseThrow();
    }

    private Map<String, double[]> leaders(Episode task) {
        Executor executor = compiled.get("leaders", () -> ParticleGraph.leaders(network, model.type()));
        feed(executor, List.of(task));
        executor.run();
        Map<String, double[]> leaders = new LinkedHashMap<>();
        for (String particle : network.particles().layout().shapes().keySet()) {
            String leader = ParticleGraph.LEADER + particle;
            leaders.put(leader, Transfer.read(executor.output(leader)));
        }
        return leaders;
    }

    private double loss(Executor executor, Episode task, Map<String, double[]> leaders) {
        feed(executor, List.of(task));
        leaders.forEach((leader, values) -> Transfer.write(values, executor.input(leader)));
        executor.run();
        return Transfer.read(executor.output("loss"))[0];
    }

    @Override
    public Adapted adapt(Support support) {
        shape.requireWay(name, support);
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
        compiled.close();
        adaptation.close();
    }
}
