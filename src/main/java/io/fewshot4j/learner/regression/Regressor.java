package io.fewshot4j.learner.regression;

import io.fewshot4j.data.sinusoid.Points;
import io.fewshot4j.data.sinusoid.SinusoidTask;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Initialisation;
import io.fewshot4j.graph.Mlp;
import io.fewshot4j.graph.Particles;
import io.fewshot4j.learner.Compiled;
import io.fewshot4j.learner.Feed;
import io.fewshot4j.learner.MetaExecutor;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.MetaLearner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** A network that learns a function from a few points by gradient descent, and how its first weights are learnt. */
public final class Regressor implements MetaLearner<SinusoidTask> {
    private static final double INITIAL_DEVIATION = 0.01;

    private final RegressionSettings settings;
    private final Model model;
    private final MetaExecutor meta;
    private final Compiled compiled;
    private final ParticleSteps particles;

    private record Sizes(int support, int query) {}

    /** Over a model that stays the caller's. */
    public Regressor(RegressionSettings settings, int tasksPerGraph, Model model) {
        this.settings = settings;
        this.model = model;
        this.meta = new MetaExecutor(
                () -> RegressionGraph.metaGradient(settings, tasksPerGraph, model.type()), model, tasksPerGraph);
        this.compiled = new Compiled(model.parameters());
        this.particles = new ParticleSteps(model.parameters());
    }

    /**
     * Fresh parameters, a pure function of the arguments: as in the papers' code, weights are close to 0, particles' after
     * Glorot, and biases 0.
     */
    public static Model initialise(RegressionSettings settings, long seed, DataType type) {
        Parameters parameters = Parameters.zeros(settings.layout(), type);
        Random random = new Random(seed);
        if (settings.method() == RegressionMethod.BMAML) {
            Mlp network = settings.network();
            for (int particle = 0; particle < settings.ensemble().particles(); particle++) {
                new Mlp(Particles.name(particle, network.name()), network.widths()).initialise(parameters, random);
            }
        } else {
            nearZero(parameters, random);
        }
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    private static void nearZero(Parameters parameters, Random random) {
        parameters.names().stream()
                .filter(name -> name.endsWith(".weight"))
                .forEach(name -> Initialisation.truncatedNormal(parameters.get(name), INITIAL_DEVIATION, random));
    }

    @Override
    public MetaGradient metaGradient(List<SinusoidTask> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<SinusoidTask> tasks) {
        switch (settings.method()) {
            case MAML, FOMAML, BMAML -> {
                feed(executor, "support", tasks, SinusoidTask::support);
                feed(executor, "query", tasks, SinusoidTask::query);
            }
            case PRETRAINED, ORACLE -> feed(executor, "support", tasks, SinusoidTask::support);
            case REPTILE -> {
                List<String> batches = RegressionGraph.batches(settings);
                for (int step = 0; step < batches.size(); step++) {
                    int from = step * settings.shot();
                    feed(
                            executor,
                            batches.get(step),
                            tasks,
                            task -> task.support().part(from, from + settings.shot()));
                }
            }
        }
    }

    private void feed(Executor executor, String set, List<SinusoidTask> tasks, Function<SinusoidTask, Points> points) {
        Feed.write(
                executor,
                set,
                tasks.stream().map(task -> inputs(task, points.apply(task))).toList());
        Feed.write(
                executor,
                set + "-y",
                tasks.stream().map(task -> column(points.apply(task).y())).toList());
    }

    private float[] inputs(SinusoidTask task, Points points) {
        if (settings.method() != RegressionMethod.ORACLE) {
            return column(points.x());
        }
        return column(points.x().stream()
                .flatMap(x ->
                        List.of(x, task.function().amplitude(), task.function().phase()).stream())
                .toList());
    }

    private static float[] column(List<Double> values) {
        float[] column = new float[values.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = values.get(i).floatValue();
        }
        return column;
    }

    /** What it answers at a task's query inputs: before adaptation, then after each inner step at a learning rate. */
    public List<List<Double>> predict(SinusoidTask task, double rate) {
        Sizes sizes = new Sizes(task.support().count(), task.query().count());
        boolean bmaml = settings.method() == RegressionMethod.BMAML;
        Executor executor = bmaml
                ? particles.get(
                        sizes,
                        () -> RegressionGraph.particleStep(settings, sizes.support(), sizes.query(), model.type()))
                : compiled.get(
                        sizes,
                        () -> RegressionGraph.predictions(settings, sizes.support(), sizes.query(), model.type()));
        feed(executor, "support", List.of(task), SinusoidTask::support);
        Feed.write(executor, "query", List.of(inputs(task, task.query())));
        Feed.write(executor, "rate", List.of(new float[] {(float) rate}));
        List<double[]> byStep =
                bmaml ? particles.answers(executor, model.parameters(), settings.testInnerSteps()) : answers(executor);
        return byStep.stream()
                .map(answers -> Arrays.stream(answers).boxed().toList())
                .toList();
    }

    private List<double[]> answers(Executor executor) {
        executor.run();
        return IntStream.rangeClosed(0, settings.testInnerSteps())
                .mapToObj(step -> Transfer.read(executor.output(Integer.toString(step))))
                .toList();
    }

    @Override
    public void close() {
        meta.close();
        compiled.close();
        particles.close();
    }
}
