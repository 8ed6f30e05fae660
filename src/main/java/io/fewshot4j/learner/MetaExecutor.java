package io.fewshot4j.learner;

import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a learner's {@link MetaProgram}, compiled when it is first needed. All inputs lie side by side, and so do all
 * gradients and all figures: a run takes one copy to the device and one back.
 */
public final class MetaExecutor implements AutoCloseable {
    private static final ParameterLayout FIGURES =
            ParameterLayout.none().with("loss", 1, 1).with("accuracy", 1, 1).with("gradient-sum", 1, 1);

    private final Supplier<Program> source;
    private final Model model;
    private final int tasksPerGraph;
    private Optional<Compilation> compilation = Optional.empty();
    private Optional<Parts> parts = Optional.empty();

    /** Over a model that stays the caller's. */
    public MetaExecutor(Supplier<Program> program, Model model, TaskShape shape) {
        this(program, model, shape.tasksPerGraph());
    }

    /** An executor for graphs of so many tasks. */
    public MetaExecutor(Supplier<Program> program, Model model, int tasksPerGraph) {
        this.source = program;
        this.model = model;
        this.tasksPerGraph = tasksPerGraph;
    }

    private record Compilation(Program program, Plan plan) {
        /** Inputs that are written before each run: all but those that are given. */
        ParameterLayout fed(Map<String, INDArray> given) {
            ParameterLayout layout = ParameterLayout.none();
            for (String name : new TreeSet<>(plan.inputs().keySet())) {
                if (!given.containsKey(name)) {
                    layout = layout.with(name, plan.inputShape(name));
                }
            }
            return layout;
        }
    }

    private record Parts(
            Executor executor,
            Parameters inputs,
            Parameters gradient,
            Parameters statistics,
            Parameters figures,
            DynamicCustomOp gradientSum)
            implements AutoCloseable {
        MetaGradient run(int tasks) {
            executor.run();
            Nd4j.getExecutioner().exec(gradientSum);
            double[] means = Transfer.read(figures.flat());
            double loss = Double.isFinite(means[2]) ? means[0] : Double.NaN;
            return new MetaGradient(tasks, loss, means[1], gradient.copy(), statistics.copy());
        }

        @Override
        public void close() {
            executor.close();
            inputs.close();
            gradient.close();
            statistics.close();
            figures.close();
            gradientSum.inputArguments().get(1).close();
        }
    }

    /**
     * The mean over tasks, a graph's worth at a time. Its loss is NaN where an entry of the gradient is not finite.
     *
     * @param feed writes some tasks into the graph's inputs
     */
    public <T> MetaGradient mean(List<T> tasks, BiConsumer<Executor, List<T>> feed) {
        return PairwiseSum.mean(TaskShape.groups(tasks, tasksPerGraph), group -> {
            feed.accept(parts().executor(), group);
            return parts().run(group.size());
        });
    }

    /** Cost of one task. */
    public Cost cost() {
        Plan plan = compilation().plan();
        return new Cost(plan.operations() / tasksPerGraph, plan.bufferBytes() + plan.constantBytes());
    }

    private Compilation compilation() {
        if (compilation.isEmpty()) {
            Program program = source.get();
            compilation = Optional.of(new Compilation(program, Plan.of(program)));
        }
        return compilation.get();
    }

    private Parts parts() {
        if (parts.isEmpty()) {
            parts = Optional.of(allocate(compilation()));
        }
        return parts.get();
    }

    private Parts allocate(Compilation compiled) {
        DataType type = compiled.plan().type();
        Map<String, INDArray> inputs = new HashMap<>();
        bind(model.parameters(), "", inputs);
        bind(model.statistics(), "", inputs);
        Parameters fed = Parameters.zeros(compiled.fed(inputs), type);
        bind(fed, "", inputs);
        Parameters gradient = Parameters.zeros(model.parameters().layout(), type);
        Parameters statistics = Parameters.zeros(model.statistics().layout(), type);
        Parameters figures = Parameters.zeros(FIGURES, type);
        figures.flat().assign(Double.NaN);
        Map<String, INDArray> outputs = new HashMap<>();
        bind(gradient, "grad.", outputs);
        bind(statistics, "", outputs);
        bind(figures, "", outputs);
        Executor executor = Executor.of(compiled.program(), compiled.plan(), inputs, outputs);
        return new Parts(executor, fed, gradient, statistics, figures, sum(gradient, figures));
    }

    private static void bind(Parameters parameters, String prefix, Map<String, INDArray> arrays) {
        parameters.names().forEach(name -> arrays.put(prefix + name, parameters.get(name)));
    }

    /** Finite where all entries of the gradient are. */
    private static DynamicCustomOp sum(Parameters gradient, Parameters figures) {
        INDArray row = gradient.flat().reshape('c', 1, gradient.flat().length());
        INDArray ones = Nd4j.valueArrayOf(new long[] {row.length(), 1}, 1, row.dataType());
        return DynamicCustomOp.builder("matmul")
                .addInputs(row, ones)
                .addOutputs(figures.get("gradient-sum"))
                .build();
    }

    @Override
    public void close() {
        parts.ifPresent(Parts::close);
    }
}
