package io.fewshot4j.learner.gradient;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.EpisodeFeed;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Objective;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Transfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Adapts several heads together; the answer is the mean of their probabilities. */
final class ParticleLearner implements Learner {
    private record Sizes(int support, int images) {}

    private final String name;
    private final ParticleNetwork network;
    private final TaskShape shape;
    private final Model model;
    private final EpisodeFeed feed;
    private final MetaExecutor meta;
    private final Compiled compiled;

    ParticleLearner(String name, ParticleNetwork network, TaskShape shape, Model model) {
        this.name = name;
        this.network = network;
        this.shape = shape;
        this.model = model;
        this.feed = new EpisodeFeed(network.body().patches(), network.way());
        this.meta = new MetaExecutor(() -> ParticleGraph.metaGradient(network, shape, model.type()), model, shape);
        this.compiled = new Compiled(model.parameters());
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return meta.mean(tasks, feed::sets);
    }

    /** The chaser loss for leaders that stay where they are at the beginning. */
    @Override
    public Objective objective(List<Episode> tasks) {
        Executor loss = compiled.get("loss", () -> ParticleGraph.loss(network, shape.episode(), model.type()));
        List<Map<String, double[]>> leaders = tasks.stream().map(this::leaders).toList();
        return () -> IntStream.range(0, tasks.size())
                .mapToDouble(i -> loss(loss, tasks.get(i), leaders.get(i)))
                .average()
                .orElseThrow();
    }

    private Map<String, double[]> leaders(Episode task) {
        Executor executor =
                compiled.get("leaders", () -> ParticleGraph.leaders(network, shape.episode(), model.type()));
        feed.sets(executor, List.of(task));
        executor.run();
        Map<String, double[]> leaders = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : network.heads().layout().entries()) {
            String leader = ParticleGraph.LEADER + entry.name();
            leaders.put(leader, Transfer.read(executor.output(leader)));
        }
        return leaders;
    }

    private double loss(Executor executor, Episode task, Map<String, double[]> leaders) {
        feed.set(executor, "support", List.of(task.support()));
        leaders.forEach((leader, values) -> Transfer.write(values, executor.input(leader)));
        executor.run();
        return Transfer.read(executor.output("loss"))[0];
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        FixedHead.requireAnswerable(name, shape, episode, statistics);
        return statistics == BatchStatistics.BATCH
                ? new Predictions(byStep(episode.support(), episode.query()))
                : oneByOne(episode);
    }

    /** Of all images of a batch. */
    private List<Scores> byStep(LabelledImages support, LabelledImages batch) {
        Sizes sizes = new Sizes(support.count(), batch.count());
        Executor executor = compiled.get(
                sizes, () -> ParticleGraph.predictions(network, sizes.support(), sizes.images(), model.type()));
        feed.set(executor, "support", List.of(support));
        Feed.images(executor, "query", feed.patches(), List.of(batch));
        executor.run();
        return IntStream.rangeClosed(0, network.settings().testInnerSteps())
                .mapToObj(step -> Transfer.read(executor.output(Integer.toString(step))))
                .map(probabilities -> new Scores(network.way(), probabilities))
                .toList();
    }

    private Predictions oneByOne(Episode episode) {
        List<List<Scores>> byQuery = IntStream.range(0, episode.query().count())
                .mapToObj(i -> byStep(episode.support(), episode.support().with(episode.query(), i)))
                .toList();
        return new Predictions(IntStream.rangeClosed(0, network.settings().testInnerSteps())
                .mapToObj(step -> Scores.ofLastRows(
                        byQuery.stream().map(steps -> steps.get(step)).toList()))
                .toList());
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return FixedHead.STATISTICS;
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
    }
}
