package io.fewshot4j.nn;

import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Role;
import io.fewshot4j.tensor.Transfer;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** First values of parameters, a pure function of the seed on any machine. */
public final class Initialisation {
    private Initialisation() {}

    /**
     * Writes first values by role: convolutions and fully connected layers uniform after Glorot and Bengio (2010),
     * scales of batch normalisations 1; all else stays as it is.
     *
     * @param parameters that have the arrays of the layout
     */
    public static void network(Parameters parameters, ParameterLayout layout, Random random) {
        ones(parameters, layout);
        for (ParameterLayout.Entry entry : layout.entries()) {
            INDArray array = parameters.get(entry.name());
            if (entry.role() == Role.CONVOLUTION) {
                long area = entry.shape().get(0) * entry.shape().get(1);
                glorot(array, area * entry.shape().get(2), area * entry.shape().get(3), random);
            } else if (entry.role() == Role.DENSE) {
                glorot(array, entry.shape().get(0), entry.shape().get(1), random);
            }
        }
    }

    /** Writes 1 into scales of batch normalisations: gains and running variances. */
    public static void ones(Parameters parameters, ParameterLayout layout) {
        layout.only(entry -> entry.role() == Role.NORM_SCALE)
                .entries()
                .forEach(entry -> parameters.get(entry.name()).assign(1));
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
