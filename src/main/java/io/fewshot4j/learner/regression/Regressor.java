package io.fewshot4j.learner.regression;

import io.fewshot4j.data.Points;
import io.fewshot4j.data.SinusoidTask;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Initialisation;
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

    private record Sizes(int support, int query) {}

    /** Over a model that stays the caller's. */
    public Regressor(RegressionSettings settings, int tasksPerGraph, Model model) {
        this.settings = settings;
        this.model = model;
        this.meta = new MetaExecutor(
                () -> RegressionGraph.metaGradient(settings, tasksPerGraph, type()), model, tasksPerGraph);
        this.compiled = new Compiled(model.parameters());
    }

    private DataType type() {
        return model.parameters().flat().dataType();
    }

    /** Fresh parameters, a pure function of the arguments: as in the paper's code, weights are close to 0 and biases 0. */
    public static Model initialise(RegressionSettings settings, long seed, DataType type) {
        Parameters parameters = Parameters.zeros(settings.network().layout(), type);
        Random random = new Random(seed);
        parameters.names().stream()
                .filter(name -> name.endsWith(".weight"))
                .forEach(name -> Initialisation.truncatedNormal(parameters.get(name), INITIAL_DEVIATION, random));
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    @Override
    public MetaGradient metaGradient(List<SinusoidTask> tasks) {
        return meta.mean(tasks, this::feed);
    }

    private void feed(Executor executor, List<SinusoidTask> tasks) {
        switch (settings.method()) {
            case MAML, FOMAML -> {
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
        Executor executor = compiled.get(
                sizes, () -> RegressionGraph.predictions(settings, sizes.support(), sizes.query(), type()));
        feed(executor, "support", List.of(task), SinusoidTask::support);
        Feed.write(executor, "query", List.of(inputs(task, task.query())));
        Feed.write(executor, "rate", List.of(new float[] {(float) rate}));
        executor.run();
        return IntStream.rangeClosed(0, settings.testInnerSteps())
                .mapToObj(step -> Transfer.read(executor.output(Integer.toString(step))))
                .map(answers -> Arrays.stream(answers).boxed().toList())
                .toList();
    }

    @Override
    public void close() {
        meta.close();
        compiled.close();
    }
}
