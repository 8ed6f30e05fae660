package io.fewshot4j.learner.metric;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Patches;
import io.fewshot4j.graph.Plan;
import io.fewshot4j.graph.Program;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Class means of embeddings. Any number of classes and any shots, also other ones than in training. */
final class PrototypeLearner implements Learner {
    private record Key(int images, int way, boolean running) {}

    private final Conv4 network;
    private final Patches patches;
    private final Model model;
    private final Executor executor;
    private final Map<Key, Executor> forwards = new HashMap<>();

    PrototypeLearner(Conv4 network, TaskShape shape, Model model) {
        this.network = network;
        this.patches = network.patches();
        this.model = model;
        int support = shape.episode().supportSize();
        int query = shape.episode().querySize();
        this.executor = executor(PrototypeGraph.metaGradient(
                network, support + query, shape.episode().way(), query, type()));
    }

    private Executor executor(Program program) {
        Map<String, INDArray> bound = new HashMap<>();
        for (Parameters part : List.of(model.parameters(), model.statistics())) {
            part.names().forEach(name -> bound.put(name, part.get(name)));
        }
        return new Executor(program, Plan.of(program), bound);
    }

    private DataType type() {
        return model.parameters().flat().dataType();
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        return MetaGradient.mean(tasks.stream().map(this::metaGradient).toList());
    }

    private MetaGradient metaGradient(Episode task) {
        run(task);
        return new MetaGradient(
                1,
                executor.output("loss").getDouble(0),
                Feed.accuracy(queryScores(executor, task), task.query()),
                Feed.parameters(executor, "grad.", network.layout()),
                Feed.parameters(executor, "", network.statisticsLayout()));
    }

    private void run(Episode task) {
        feed(executor, task.support(), task.query(), task.way());
        float[] labels = new float[(task.support().count() + task.query().count()) * task.way()];
        for (int i = 0; i < task.query().count(); i++) {
            labels[(task.support().count() + i) * task.way() + task.query().label(i)] = 1;
        }
        Transfer.write(labels, executor.input("labels"));
        executor.run();
    }

    private void feed(Executor target, LabelledImages support, LabelledImages query, int way) {
        float[] pixels = Arrays.copyOf(support.pixels(), support.pixels().length + query.pixels().length);
        System.arraycopy(query.pixels(), 0, pixels, support.pixels().length, query.pixels().length);
        Feed.images(target, "images", patches, pixels);
        Transfer.write(assignment(support, query.count(), way), target.input("assignment"));
    }

    /** 1 / shots at each class's support images, [way, images]. */
    private static float[] assignment(LabelledImages support, int queries, int way) {
        int[] shots = new int[way];
        for (int label : support.labels()) {
            shots[label]++;
        }
        int images = support.count() + queries;
        float[] assignment = new float[way * images];
        for (int i = 0; i < support.count(); i++) {
            assignment[support.label(i) * images + i] = 1f / shots[support.label(i)];
        }
        return assignment;
    }

    private static Scores queryScores(Executor executor, Episode episode) {
        Scores all = Feed.scores(executor.output("logits"));
        int from = episode.support().count();
        return new Scores(
                all.way(),
                IntStream.range(0, episode.query().count() * all.way())
                        .mapToDouble(i -> all.probability(from + i / all.way(), i % all.way()))
                        .toArray());
    }

    @Override
    public Predictions predict(Episode episode, BatchStatistics statistics) {
        if (statistics != BatchStatistics.SUPPORT_AND_ONE_QUERY) {
            return new Predictions(List.of(scores(episode, statistics == BatchStatistics.RUNNING)));
        }
        int way = episode.way();
        double[] probabilities = new double[episode.query().count() * way];
        for (int i = 0; i < episode.query().count(); i++) {
            Scores one = scores(
                    new Episode(
                            episode.classNames(),
                            episode.support(),
                            episode.query().only(i)),
                    false);
            for (int label = 0; label < way; label++) {
                probabilities[i * way + label] = one.probability(0, label);
            }
        }
        return new Predictions(List.of(new Scores(way, probabilities)));
    }

    private Scores scores(Episode episode, boolean running) {
        Key key = new Key(episode.support().count() + episode.query().count(), episode.way(), running);
        Executor forward = forwards.computeIfAbsent(
                key, k -> executor(PrototypeGraph.forward(network, k.images(), k.way(), k.running(), type())));
        feed(forward, episode.support(), episode.query(), episode.way());
        forward.run();
        return queryScores(forward, episode);
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return EnumSet.allOf(BatchStatistics.class);
    }

    @Override
    public Cost cost() {
        return new Cost(executor.plan().operations(), executor.plan().bufferBytes());
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        executor.close();
        forwards.values().forEach(Executor::close);
    }
}
