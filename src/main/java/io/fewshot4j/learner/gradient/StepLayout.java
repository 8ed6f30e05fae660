package io.fewshot4j.learner.gradient;

import io.fewshot4j.learner.gradient.StepParameters.Rates;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Trained arrays of a network and of its inner steps, with the array of the network that each belongs to. Those of a
 * step have {@code stepN.} before their names: {@code step2.bn0.bias}, {@code step2.rate.conv0.weight}.
 */
record StepLayout(List<Own> arrays) {
    StepLayout {
        arrays = List.copyOf(arrays);
    }

    /**
     * One trained array.
     *
     * @param entry as the model has it
     * @param of array of the network that it is, or that it is the learning rate of
     * @param step inner step that it belongs to; empty for all
     */
    record Own(ParameterLayout.Entry entry, ParameterLayout.Entry of, OptionalInt step) {
        boolean isRate() {
            return entry.role() == Role.RATE;
        }

        boolean isOf(String name, boolean rate, int inStep) {
            return of.name().equals(name) && isRate() == rate && step.orElse(inStep) == inStep;
        }
    }

    /**
     * The network's arrays, those of batch normalisation once for each step where they differ by step, then learning
     * rates.
     *
     * @param adapts arrays of the network that inner steps change
     */
    static StepLayout of(
            ParameterLayout network, Predicate<ParameterLayout.Entry> adapts, StepParameters learned, int steps) {
        List<Own> arrays = new ArrayList<>();
        for (ParameterLayout.Entry entry : network.entries()) {
            if (learned.batchNorm() && entry.role().isNorm()) {
                IntStream.range(0, steps).forEach(step -> arrays.add(ofStep(step, entry, entry)));
            } else {
                arrays.add(new Own(entry, entry, OptionalInt.empty()));
            }
        }
        network.only(adapts).entries().forEach(entry -> addRates(entry, learned.rates(), steps, arrays));
        return new StepLayout(arrays);
    }

    private static void addRates(ParameterLayout.Entry entry, Rates rates, int steps, List<Own> arrays) {
        String name = "rate." + entry.name();
        switch (rates) {
            case FIXED -> {}
            case PER_WEIGHT ->
                arrays.add(
                        new Own(new ParameterLayout.Entry(name, entry.shape(), Role.RATE), entry, OptionalInt.empty()));
            case PER_ARRAY_AND_STEP -> {
                ParameterLayout.Entry scalar = new ParameterLayout.Entry(name, List.of(1L, 1L), Role.RATE);
                IntStream.range(0, steps).forEach(step -> arrays.add(ofStep(step, scalar, entry)));
            }
        }
    }

    private static Own ofStep(int step, ParameterLayout.Entry entry, ParameterLayout.Entry of) {
        return new Own(entry.named("step" + step + "." + entry.name()), of, OptionalInt.of(step));
    }

    ParameterLayout layout() {
        return new ParameterLayout(arrays.stream().map(Own::entry).toList());
    }

    /** Name of a network's array, as the model has it at a step. */
    String weight(int step, String name) {
        return name(name, false, step);
    }

    /** Name of the learning rate of a network's array at a step. */
    String rate(int step, String name) {
        return name(name, true, step);
    }

    private String name(String name, boolean rate, int step) {
        return arrays.stream()
                .filter(own -> own.isOf(name, rate, step))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("step " + step + " has no array of " + name))
                .entry()
                .name();
    }
}
