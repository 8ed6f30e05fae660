package io.fewshot4j.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a network's batch normalisations take mean and variance from. */
@FunctionalInterface
public interface BatchNorm {
    /** {@code x} [m, channels] normalised in each column. */
    Value normalize(int block, Value x, double epsilon);

    /** From the very batch that passes through. */
    static BatchNorm batch() {
        return (block, x, epsilon) -> Normalization.of(x, epsilon).normalized();
    }

    /** From averages given as rows {@code bnN.mean} and {@code bnN.variance}. */
    static BatchNorm running(Map<String, Value> statistics) {
        return (block, x, epsilon) -> {
            Value variance = Lookup.in(statistics, "bn" + block + ".variance");
            Value shift = x.graph().filled(1, variance.columns(), epsilon);
            Value inverseDeviation = Ops.power(Ops.add(variance, shift), -0.5);
            return Ops.multiply(Ops.subtract(x, Lookup.in(statistics, "bn" + block + ".mean")), inverseDeviation);
        };
    }

    /** From the batch, and remembers the statistics so that they can be averaged. */
    final class Observing implements BatchNorm {
        private final List<Value> means = new ArrayList<>();
        private final List<Value> variances = new ArrayList<>();

        @Override
        public Value normalize(int block, Value x, double epsilon) {
            Normalization normalization = Normalization.of(x, epsilon);
            means.add(normalization.mean());
            Value shift = x.graph().filled(1, x.columns(), epsilon);
            Value biased = Ops.subtract(Ops.power(normalization.inverseDeviation(), -2), shift);
            variances.add(Ops.scale(biased, x.rows() / Math.max(1.0, x.rows() - 1.0)));
            return normalization.normalized();
        }

        /** Mean and unbiased variance of each block, by the names of {@link Conv4#statisticsLayout}. */
        public Map<String, Value> observed() {
            Map<String, Value> result = new LinkedHashMap<>();
            for (int block = 0; block < means.size(); block++) {
                result.put("bn" + block + ".mean", means.get(block));
                result.put("bn" + block + ".variance", variances.get(block));
            }
            return result;
        }
    }
}
