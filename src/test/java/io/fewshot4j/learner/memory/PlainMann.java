package io.fewshot4j.learner.memory;

import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A memory-augmented network in loops over plain arrays, step by step. */
final class PlainMann {
    private final Parameters parameters;
    private final Mann.Settings settings;
    private final int way;

    private double[] h;
    private double[] c;
    private double[] read;
    private final double[][] memory;
    private double[] usage;
    private double[][] reading;

    PlainMann(Parameters parameters, Mann.Settings settings, int way, float[] usage) {
        this.parameters = parameters;
        this.settings = settings;
        this.way = way;
        int slots = settings.memorySlots();
        this.h = new double[settings.controller()];
        this.c = new double[settings.controller()];
        this.read = new double[settings.memoryHeads() * settings.memoryWidth()];
        this.memory = new double[slots][settings.memoryWidth()];
        Arrays.stream(memory).forEach(row -> Arrays.fill(row, 1e-6));
        this.usage = IntStream.range(0, slots).mapToDouble(i -> usage[i]).toArray();
        this.reading = new double[settings.memoryHeads()][slots];
    }

    /** The probability of each class after each row of inputs. */
    double[][] answers(float[] rows) {
        int length = rows.length / (1 + way);
        double[][] answers = new double[length][];
        for (int step = 0; step < length; step++) {
            double[] x = new double[1 + way];
            for (int i = 0; i < x.length; i++) {
                x[i] = rows[step * x.length + i];
            }
            answers[step] = step(x);
        }
        return answers;
    }

    private double[] step(double[] x) {
        double[] gates =
                sum(product(joined(x, read), "controller.input"), product(h, "controller.hidden"), "controller.bias");
        int n = h.length;
        double[] nextH = new double[n];
        double[] nextC = new double[n];
        for (int i = 0; i < n; i++) {
            nextC[i] = sigmoid(gates[n + i]) * c[i] + sigmoid(gates[i]) * Math.tanh(gates[2 * n + i]);
            nextH[i] = sigmoid(gates[3 * n + i]) * Math.tanh(nextC[i]);
        }
        h = nextH;
        c = nextC;
        access(
                sum(product(h, "key.weight"), new double[read.length], "key.bias"),
                sum(product(h, "gate.weight"), new double[reading.length], "gate.bias"));
        double[] logits = sum(product(joined(h, read), "output.weight"), new double[way], "output.bias");
        double[] exponentials = Arrays.stream(logits).map(Math::exp).toArray();
        double all = Arrays.stream(exponentials).sum();
        return Arrays.stream(exponentials).map(e -> e / all).toArray();
    }

    private void access(double[] keys, double[] gates) {
        int width = settings.memoryWidth();
        int[] leastFirst = IntStream.range(0, memory.length)
                .boxed()
                .sorted((a, b) -> Double.compare(usage[a], usage[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] used = Arrays.stream(usage).map(u -> u * settings.usageDecay()).toArray();
        Arrays.fill(memory[leastFirst[0]], 0);
        for (int head = 0; head < reading.length; head++) {
            double gate = sigmoid(gates[head]);
            for (int slot = 0; slot < memory.length; slot++) {
                double writing = gate * reading[head][slot] + (slot == leastFirst[head] ? 1 - gate : 0);
                used[slot] += writing;
                for (int i = 0; i < width; i++) {
                    memory[slot][i] += writing * Math.tanh(keys[head * width + i]);
                }
            }
        }
        reading = new double[reading.length][memory.length];
        read = new double[read.length];
        for (int head = 0; head < reading.length; head++) {
            double[] key = Arrays.stream(keys, head * width, (head + 1) * width)
                    .map(Math::tanh)
                    .toArray();
            double all = 0;
            for (int slot = 0; slot < memory.length; slot++) {
                reading[head][slot] = Math.exp(settings.readSharpness() * cosine(key, memory[slot]));
                all += reading[head][slot];
            }
            for (int slot = 0; slot < memory.length; slot++) {
                reading[head][slot] /= all;
                used[slot] += reading[head][slot];
                for (int i = 0; i < width; i++) {
                    read[head * width + i] += reading[head][slot] * memory[slot][i];
                }
            }
        }
        usage = used;
    }

    private static double cosine(double[] a, double[] b) {
        return dot(a, b) / Math.sqrt((dot(a, a) + 1e-4) * (dot(b, b) + 1e-4));
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private double[] product(double[] row, String weight) {
        double[] values = Transfer.read(parameters.get(weight));
        int columns = values.length / row.length;
        double[] result = new double[columns];
        for (int i = 0; i < values.length; i++) {
            result[i % columns] += row[i / columns] * values[i];
        }
        return result;
    }

    private double[] sum(double[] a, double[] b, String bias) {
        double[] values = Transfer.read(parameters.get(bias));
        return IntStream.range(0, a.length)
                .mapToDouble(i -> a[i] + b[i] + values[i])
                .toArray();
    }

    private static double[] joined(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
