package io.fewshot4j.cli.check;

import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A few figures of ND4J beside the same in plain Java: the first thing to run on a new device. */
public final class SmokeCommand implements Command {
    private static final int SIZE = 256;
    private static final double TOLERANCE = 1e-4;

    @Override
    public String name() {
        return "smoke";
    }

    @Override
    public String summary() {
        return "compute a few figures on the device and compare them with plain Java";
    }

    @Override
    public String usage() {
        return "";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public List<String> examples() {
        return List.of("fewshot4j smoke", "fewshot4j smoke --device cuda --json");
    }

    /**
     * One figure of the device and of plain Java; {@code seconds} are the device's, its first use of the operation
     * included.
     */
    record Figure(String name, double found, double expected, double seconds) {
        boolean ok() {
            return Math.abs(found - expected) <= TOLERANCE * Math.abs(expected);
        }
    }

    /** All figures, and the rate of large matrix products. */
    record Result(String backend, boolean ok, List<Figure> figures, double gemmGflops) {
        String text() {
            TextTable table = new TextTable(1).row("figure", "device", "plain Java", "seconds", "");
            for (Figure figure : figures) {
                table.row(
                        figure.name(),
                        String.format(Locale.ROOT, "%.6g", figure.found()),
                        String.format(Locale.ROOT, "%.6g", figure.expected()),
                        String.format(Locale.ROOT, "%.3f", figure.seconds()),
                        figure.ok() ? "ok" : "differs");
            }
            return table + String.format(Locale.ROOT, "%nmatrix product %.0f GFLOP/s", gemmGflops);
        }
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        console.compute();
        double[] values = new Random(7).doubles(SIZE * SIZE, -2, 2).toArray();
        List<Figure> figures;
        try (INDArray x = Nd4j.createFromArray(narrow(values)).reshape('c', SIZE, SIZE)) {
            figures = figures(x, values);
        }
        boolean ok = figures.stream().allMatch(Figure::ok);
        Result result = new Result(Environment.backend(), ok, figures, MatrixProductRate.measure(1));
        console.result(result, result.text());
        return ok ? 0 : 1;
    }

    private static float[] narrow(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    private static List<Figure> figures(INDArray x, double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return List.of(
                figure("sum", () -> x.sumNumber().doubleValue(), values.length * mean),
                figure("norm of the square", () -> x.mmul(x).norm2Number().doubleValue(), squareNorm(values)),
                figure(
                        "mean of tanh squared",
                        () -> Transforms.pow(Transforms.tanh(x), 2).meanNumber().doubleValue(),
                        Arrays.stream(values).map(Math::tanh).map(t -> t * t).sum() / values.length),
                figure(
                        "largest softmax of row 3",
                        () -> Transforms.softmax(x).getRow(3).maxNumber().doubleValue(),
                        softmax(values)),
                figure("sum of argmax", () -> x.argMax(1).sumNumber().doubleValue(), argmax(values)),
                figure("deviation", () -> x.stdNumber().doubleValue(), Math.sqrt(squares / (values.length - 1))),
                figure(
                        "transpose against itself",
                        () -> x.permute(1, 0).dup('c').sub(x).norm1Number().doubleValue(),
                        asymmetry(values)));
    }

    private static Figure figure(String name, DoubleSupplier device, double expected) {
        long start = System.nanoTime();
        double found = device.getAsDouble();
        return new Figure(name, found, expected, (System.nanoTime() - start) * 1e-9);
    }

    private static double squareNorm(double[] x) {
        double squares = 0;
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                double product = 0;
                for (int i = 0; i < SIZE; i++) {
                    product += x[row * SIZE + i] * x[i * SIZE + column];
                }
                squares += product * product;
            }
        }
        return Math.sqrt(squares);
    }

    private static double softmax(double[] x) {
        double[] row = Arrays.copyOfRange(x, 3 * SIZE, 4 * SIZE);
        double sum = Arrays.stream(row).map(Math::exp).sum();
        return Math.exp(Arrays.stream(row).max().orElse(0)) / sum;
    }

    private static double argmax(double[] x) {
        return IntStream.range(0, SIZE)
                .map(row -> IntStream.range(0, SIZE)
                        .reduce((a, b) -> x[row * SIZE + b] > x[row * SIZE + a] ? b : a)
                        .orElse(0))
                .sum();
    }

    private static double asymmetry(double[] x) {
        return IntStream.range(0, x.length)
                .mapToDouble(i -> Math.abs(x[i % SIZE * SIZE + i / SIZE] - x[i]))
                .sum();
    }
}
