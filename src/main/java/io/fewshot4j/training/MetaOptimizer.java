package io.fewshot4j.training;

import io.fewshot4j.FewShotException;
import io.fewshot4j.tensor.Parameters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The meta-update: clipping, then one of ND4J's updaters on the flat vector at the scheduled learning rate. */
public final class MetaOptimizer implements AutoCloseable {
    private final OptimizerSettings settings;
    private final long iterations;
    private final IUpdater config;
    private final INDArray memory;
    private final GradientUpdater<?> updater;

    /**
     * An optimiser at its start.
     *
     * @param iterations where the schedule ends
     * @param parameters of the layout and type that {@link #step} will be given
     */
    public MetaOptimizer(OptimizerSettings settings, long iterations, Parameters parameters) {
        this.settings = settings;
        this.iterations = iterations;
        INDArray flat = parameters.flat();
        config = settings.updater().config(settings.momentum());
        long size = config.stateSize(flat.length());
        memory = Nd4j.create(flat.dataType(), 1, size);
        updater = size == 0 ? config.instantiate(Map.of(), true) : config.instantiate(memory, true);
        if (size > 0) {
            updater.setStateViewArray(memory, flat.shape(), 'c', true);
        }
    }

    /** The learning rate of the update that follows {@code iteration} others. */
    public double learningRate(long iteration) {
        return settings.learningRate(iteration, iterations);
    }

    /** Changes the parameters; the gradient's values are lost. */
    public void step(Parameters parameters, Parameters gradient, long iteration) {
        INDArray flat = gradient.flat();
        clip(flat);
        config.setLrAndSchedule(learningRate(iteration), null);
        updater.applyUpdater(flat, Math.toIntExact(iteration), 0);
        parameters.flat().subi(flat);
    }

    private void clip(INDArray gradient) {
        double limit = settings.clipValue();
        switch (settings.clip()) {
            case NONE -> {}
            case VALUE -> Transforms.max(Transforms.min(gradient, limit, false), -limit, false);
            case NORM -> clipNorm(gradient, limit);
        }
    }

    /** Times limit / max(norm, limit), which stays on the device. */
    private static void clipNorm(INDArray gradient, double limit) {
        try (INDArray norm = gradient.norm2(0);
                INDArray factor = Transforms.max(norm, limit).rdivi(limit)) {
            Nd4j.getExecutioner()
                    .exec(DynamicCustomOp.builder("multiply")
                            .addInputs(gradient, factor)
                            .addOutputs(gradient)
                            .build());
        }
    }

    /** The updater's arrays by ND4J's names, the optimiser's own; empty for SGD. */
    public Map<String, INDArray> state() {
        return settings.updater() == Updater.SGD ? Map.of() : new TreeMap<>(updater.getState());
    }

    /**
     * Takes over the values of a state that {@link #state} gave.
     *
     * @throws FewShotException if it is another updater's or another layout's
     */
    public void restore(Map<String, INDArray> saved) {
        Map<String, INDArray> own = state();
        if (saved.isEmpty() && !own.isEmpty()) {
            throw new FewShotException(
                    "the checkpoint must hold the optimiser's state to be trained on from, but is of a"
                            + " model that was packed without it; train anew, or go on with the run that it was packed from");
        }
        if (!describe(saved).equals(describe(own))) {
            throw new FewShotException("the checkpoint's optimiser must hold " + describe(own) + " for updater "
                    + settings.updater().name().toLowerCase(Locale.ROOT) + ", got " + describe(saved)
                    + "; use the settings it was made with");
        }
        own.forEach((name, array) -> array.assign(saved.get(name)));
    }

    private static String describe(Map<String, INDArray> arrays) {
        return new TreeMap<>(arrays)
                .entrySet().stream()
                        .map(e ->
                                e.getKey() + " " + Arrays.toString(e.getValue().shape()) + " "
                                        + e.getValue().dataType())
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public void close() {
        memory.close();
    }
}
