package io.fewshot4j.learner;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A learner's meta-gradient against central differences of its {@link ModelLoss}, in double. Several step widths are
 * tried and the closest counts: a wide one may step over a kink of a ReLU, a narrow one drowns in rounding.
 */
public final class GradientCheck {
    private static final List<Double> WIDTHS = List.of(1e-5, 1e-6, 1e-7);

    private GradientCheck() {}

    /**
     * One parameter's figures.
     *
     * @param checked how many of its entries were compared
     * @param largest the largest gradient entry
     * @param error the largest difference, relative to {@code largest} or, where that is more, to a thousandth of the
     *     largest entry of all parameters
     */
    public record Row(String parameter, long length, int checked, double largest, double error) {}

    /**
     * Compares up to {@code perParameter} entries of each parameter, drawn from a seed. The model is changed in passing
     * and is what it was afterwards.
     */
    public static List<Row> compare(Learner learner, List<Episode> tasks, int perParameter, long seed) {
        return compare(learner, tasks, perParameter, seed, row -> {});
    }

    /** Compares; {@code done} hears of each parameter as soon as it is compared. */
    public static List<Row> compare(
            Learner learner, List<Episode> tasks, int perParameter, long seed, Consumer<Row> done) {
        INDArray flat = learner.model().parameters().flat();
        if (flat.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException("gradients are checked in double, got " + flat.dataType());
        }
        double[] analytic;
        try (MetaGradient gradient = learner.metaGradient(tasks)) {
            analytic = Transfer.read(gradient.gradient().flat());
        }
        double all = largest(analytic, 0, analytic.length);
        ModelLoss loss = learner.loss(tasks);
        List<Row> rows = new ArrayList<>();
        int offset = 0;
        for (ParameterLayout.Entry entry : learner.model().parameters().layout().entries()) {
            int length = Math.toIntExact(entry.length());
            int from = offset;
            int[] picked = new Random(seed)
                    .ints(0, length)
                    .distinct()
                    .limit(Math.min(perParameter, length))
                    .toArray();
            double difference = Arrays.stream(picked)
                    .mapToDouble(i -> difference(loss, flat, from + i, analytic[from + i]))
                    .max()
                    .orElse(0);
            double largest = largest(analytic, offset, length);
            Row row = new Row(entry.name(), length, picked.length, largest, difference / Math.max(largest, all * 1e-3));
            rows.add(row);
            done.accept(row);
            offset += length;
        }
        return rows;
    }

    private static double largest(double[] values, int from, int length) {
        return Arrays.stream(values, from, from + length).map(Math::abs).max().orElse(0);
    }

    private static double difference(ModelLoss loss, INDArray flat, int index, double analytic) {
        double value = flat.getDouble(index);
        double best = Double.POSITIVE_INFINITY;
        for (double width : WIDTHS) {
            flat.putScalar(index, value + width);
            double above = loss.value();
            flat.putScalar(index, value - width);
            double below = loss.value();
            best = Math.min(best, Math.abs((above - below) / (2 * width) - analytic));
        }
        flat.putScalar(index, value);
        return best;
    }
}
