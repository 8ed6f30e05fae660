package io.fewshot4j.learner;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.graph.Executor;
import io.fewshot4j.graph.Plan;
import io.fewshot4j.graph.Program;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a learner's {@link MetaProgram}, compiled when it is first needed: gradients are written side by side, and all figures of a run are read at once. */
public final class MetaExecutor implements AutoCloseable {
    private static final ParameterLayout FIGURES =
            ParameterLayout.none().with("loss", 1, 1).with("accuracy", 1, 1);

    private final Supplier<Program> program;
    private final Model model;
    private final TaskShape shape;
    private Optional<Parts> parts = Optional.empty();

    /** Over a model that stays the caller's. */
    public MetaExecutor(Supplier<Program> program, Model model, TaskShape shape) {
        this.program = program;
        this.model = model;
        this.shape = shape;
    }

    private record Parts(Executor executor, Parameters gradient, Parameters statistics, Parameters figures) {
        MetaGradient run(int tasks) {
            executor.run();
            double[] means = Transfer.read(figures.flat());
            return new MetaGradient(tasks, means[0], means[1], gradient.copy(), statistics.copy());
        }
    }

    /**
     * The mean over tasks, a graph's worth at a time.
     *
     * @param feed writes some tasks into the graph's inputs
     */
    public MetaGradient mean(List<Episode> tasks, BiConsumer<Executor, List<Episode>> feed) {
        return MetaGradient.mean(shape.groups(tasks).stream()
                .map(group -> {
                    feed.accept(parts().executor(), group);
                    return parts().run(group.size());
                })
                .toList());
    }

    /** What one task takes. */
    public Cost cost() {
        Plan plan = parts().executor().plan();
        return new Cost(plan.operations() / shape.tasksPerGraph(), plan.bufferBytes());
    }

    private Parts parts() {
        if (parts.isEmpty()) {
            parts = Optional.of(compile(program.get()));
        }
        return parts.get();
    }

    private Parts compile(Program program) {
        DataType type = program.type();
        Parameters gradient = Parameters.zeros(model.parameters().layout(), type);
        Parameters statistics = Parameters.zeros(model.statistics().layout(), type);
        Parameters figures = Parameters.zeros(FIGURES, type);
        Map<String, INDArray> inputs = new HashMap<>();
        model.parameters()
                .names()
                .forEach(name -> inputs.put(name, model.parameters().get(name)));
        Map<String, INDArray> outputs = new HashMap<>();
        gradient.names().forEach(name -> outputs.put("grad." + name, gradient.get(name)));
        statistics.names().forEach(name -> outputs.put(name, statistics.get(name)));
        figures.names().forEach(name -> outputs.put(name, figures.get(name)));
        Executor executor = new Executor(program, Plan.of(program), inputs, outputs);
        return new Parts(executor, gradient, statistics, figures);
    }

    @Override
    public void close() {
        parts.ifPresent(all -> {
            all.executor().close();
            all.gradient().close();
            all.statistics().close();
            all.figures().close();
        });
    }
}
