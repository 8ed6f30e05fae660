package io.fewshot4j.graph;

import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** First values of parameters, a pure function of the seed on any machine. */
public final class Initialisation {
    private Initialisation() {}

    /** Convolutions uniform after Glorot and Bengio (2010), batch-norm gains and variances 1, all else 0. */
    public static void network(Parameters parameters, Random random) {
        for (ParameterLayout.Entry entry : parameters.layout().entries()) {
            INDArray array = parameters.get(entry.name());
            if (entry.shape().size() == 4) {
                long area = entry.shape().get(0) * entry.shape().get(1);
                glorot(array, area * entry.shape().get(2), area * entry.shape().get(3), random);
            } else if (isOne(entry.name())) {
                array.assign(1);
            }
        }
    }

    private static boolean isOne(String name) {
        return name.startsWith("bn") && (name.endsWith(".weight") || name.endsWith(".variance"));
    }

    /** Uniform within sqrt(6 / (in + out)). */
    public static void glorot(INDArray array, long in, long out, Random random) {
        double limit = Math.sqrt(6.0 / (in + out));
        uniform(array, -limit, limit, random);
    }

    /** Uniform from {@code low} (included) to {@code high} (excluded); all {@code low} where they are equal. */
    public static void uniform(INDArray array, double low, double high, Random random) {
        if (low == high) {
            array.assign(low);
        } else {
            Transfer.write(random.doubles(array.length(), low, high).toArray(), array);
        }
    }

    /** Standard normal. */
    public static void normal(INDArray array, Random random) {
        normal(array, 0, 1, random);
    }

    /** Normal of a mean and a deviation. */
    public static void normal(INDArray array, double mean, double deviation, Random random) {
        double[] values = new double[Math.toIntExact(array.length())];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean + deviation * random.nextGaussian();
        }
        Transfer.write(values, array);
    }

    /** Normal with mean 0; what lies beyond two deviations is drawn again. */
    public static void truncatedNormal(INDArray array, double deviation, Random random) {
        double[] values = DoubleStream.generate(random::nextGaussian)
                .filter(value -> Math.abs(value) <= 2)
                .limit(array.length())
                .map(value -> value * deviation)
                .toArray();
        Transfer.write(values, array);
    }
}
