package io.fewshot4j.nn;

import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Normalization;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Source of mean and variance for a network's batch normalisations. */
@FunctionalInterface
public interface BatchNorm {
    /** {@code x} [m, channels] normalised in each column. */
    Value normalize(int block, Value x, double epsilon);

    /** Statistics of the very batch that passes through. */
    static BatchNorm batch() {
        return (block, x, epsilon) -> Normalization.of(x, epsilon).normalized();
    }

    /** Averages given as rows {@code bnN.mean} and {@code bnN.variance}. */
    static BatchNorm running(Map<String, Value> statistics) {
        return (block, x, epsilon) -> {
            Value variance = Lookup.in(statistics, "bn" + block + ".variance");
            Value shift = x.graph().filled(1, variance.columns(), epsilon);
            Value inverseDeviation = Ops.power(Ops.add(variance, shift), -0.5);
            return Ops.multiply(Ops.subtract(x, Lookup.in(statistics, "bn" + block + ".mean")), inverseDeviation);
        };
    }

    /** Statistics of the batch, remembered so that they can be averaged. */
    final class Observing implements BatchNorm {
        private final Map<String, Value> sums = new LinkedHashMap<>();
        private final Map<String, Integer> counts = new LinkedHashMap<>();

        @Override
        public Value normalize(int block, Value x, double epsilon) {
            Normalization normalization = Normalization.of(x, epsilon);
            Value shift = x.graph().filled(1, x.columns(), epsilon);
            Value biased = Ops.subtract(Ops.power(normalization.inverseDeviation(), -2), shift);
            observe("bn" + block + ".mean", normalization.mean());
            observe("bn" + block + ".variance", Ops.scale(biased, x.rows() / Math.max(1.0, x.rows() - 1.0)));
            return normalization.normalized();
        }

        private void observe(String name, Value value) {
            sums.merge(name, value, Ops::add);
            counts.merge(name, 1, Integer::sum);
        }

        /**
         * Mean and unbiased variance of each block, by the names of {@link ConvNet#statisticsLayout}; where several
         * batches passed, their mean.
         */
        public Map<String, Value> observed() {
            Map<String, Value> means = new LinkedHashMap<>();
            sums.forEach((name, sum) -> means.put(name, Ops.scale(sum, 1.0 / Lookup.in(counts, name))));
            return means;
        }
    }
}
