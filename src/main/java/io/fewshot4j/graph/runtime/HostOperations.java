package io.fewshot4j.graph.runtime;

import io.fewshot4j.cpu.Arithmetic;
import io.fewshot4j.cpu.Arithmetic.Operation;
import io.fewshot4j.cpu.Convolve;
import io.fewshot4j.cpu.ConvolveByPixels;
import io.fewshot4j.cpu.ConvolveByWeights;
import io.fewshot4j.cpu.Fold;
import io.fewshot4j.cpu.Memory;
import io.fewshot4j.cpu.Product;
import io.fewshot4j.cpu.Rectification;
import io.fewshot4j.cpu.RmsProp;
import io.fewshot4j.cpu.Softmax;
import io.fewshot4j.cpu.Unfold;
import io.fewshot4j.cpu.Windows;
import io.fewshot4j.graph.operation.NativeArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Small products, convolutions and element-wise operations on the processor, and gradients of convolutions of which
 * only one is read. What is large, and all doubles, are left to ND4J with oneDNN.
 */
public final class HostOperations implements DeviceOperations {
    /** Multiplications of a convolution below which oneDNN takes more time before and after it than for it. */
    private static final double SMALL_CONVOLUTION = 4e6;

    /** Multiplications of a matrix product below which oneDNN takes more time before and after it than for it. */
    private static final double SMALL_PRODUCT = 5e5;

    /** Numbers of a result up to which Java takes less time for them than ND4J for the call. */
    private static final long FEW = 1 << 14;

    /**
     * Numbers of a result up to which Java is faster where ND4J's loop is slow: comparisons with 0, products with a row
     * or a column, RMSProp.
     */
    private static final long MANY = 1 << 17;

    /** Numbers of a result up to which Java is faster at powers of e. */
    private static final long FEW_POWERS = 2048;

    @Override
    public Optional<Runnable> prepare(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        Stream<INDArray> arrays =
                Stream.concat(inputs.stream(), outputs.stream()).map(HostOperations::asInMemory);
        return Memory.holds(arrays.toList()) ? kernel(call, inputs, outputs) : Optional.empty();
    }

    private static Optional<Runnable> kernel(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        INDArray x = inputs.get(0);
        INDArray y = outputs.get(0);
        return switch (call.operation()) {
            case PRODUCT -> product(call, x, inputs.get(1), y);
            case CONVOLUTION ->
                where(
                        isSmall(y, inputs.get(1)),
                        () -> new Convolve(windowsOfConvolution(call, x, y), x, inputs.get(1), y));
            case CONVOLUTION_GRADIENTS ->
                where(
                        isSmall(inputs.get(2), inputs.get(1)) || !call.unread().isEmpty(),
                        () -> gradients(call, inputs, outputs));
            case UNFOLD -> Optional.of(new Unfold(windows(call, x, asInMemory(y)), x, asInMemory(y)));
            case FOLD -> Optional.of(new Fold(windows(call, y, asInMemory(x)), asInMemory(x), y));
            case ADD, ADD_ROW -> arithmetic(Operation.ADD, x, inputs.get(1), y);
            case SUBTRACT -> arithmetic(Operation.SUBTRACT, x, inputs.get(1), y);
            case MULTIPLY -> arithmetic(Operation.MULTIPLY, x, inputs.get(1), y);
            case RELU -> where(y.length() <= MANY, () -> new Rectification(x, y, false));
            case STEP -> where(y.length() <= MANY, () -> new Rectification(x, y, true));
            case SOFTMAX -> where(y.length() <= FEW_POWERS, () -> new Softmax(x, y));
            case ROOT_MEAN_SQUARE -> where(y.length() <= MANY, () -> rmsProp(call, inputs, outputs));
            default -> Optional.empty();
        };
    }

    private static Runnable rmsProp(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        double decay = call.real(NativeArgument.DECAY);
        double epsilon = call.real(NativeArgument.EPSILON);
        return new RmsProp(inputs.get(0), inputs.get(1), outputs.get(0), outputs.get(1), decay, epsilon);
    }

    private static Optional<Runnable> arithmetic(Operation operation, INDArray x, INDArray y, INDArray z) {
        boolean isSlow = operation == Operation.MULTIPLY && y.length() > 1 && y.length() < z.length();
        boolean suits = z.length() <= (isSlow ? MANY : FEW) && Arithmetic.suits(x, y, z);
        return where(suits, () -> new Arithmetic(operation, x, y, z));
    }

    private static Optional<Runnable> where(boolean suits, Supplier<Runnable> kernel) {
        return suits ? Optional.of(kernel.get()) : Optional.empty();
    }

    /** Products with a vector and of stacks are slow in ND4J whatever their size. */
    private static Optional<Runnable> product(Plan.Call call, INDArray x, INDArray y, INDArray z) {
        boolean transposeX = call.integer(NativeArgument.TRANSPOSE_FIRST) == 1;
        boolean transposeY = call.integer(NativeArgument.TRANSPOSE_SECOND) == 1;
        double multiplications = (double) z.length() * x.size(transposeX ? -2 : -1);
        boolean suits = multiplications < SMALL_PRODUCT || z.rank() == 3 || z.size(-2) == 1 || z.size(-1) == 1;
        return where(suits, () -> new Product(x, y, z, transposeX, transposeY));
    }

    private static boolean isSmall(INDArray output, INDArray weights) {
        return (double) output.length() * weights.length() / weights.size(-1) < SMALL_CONVOLUTION;
    }

    private static Runnable gradients(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        INDArray x = inputs.get(0);
        INDArray upstream = inputs.get(2);
        Windows windows = windowsOfConvolution(call, x, upstream);
        List<Runnable> read = new ArrayList<>();
        if (call.isRead(0)) {
            read.add(new ConvolveByPixels(windows, inputs.get(1), upstream, outputs.get(0)));
        }
        if (call.isRead(1)) {
            read.add(new ConvolveByWeights(windows, x, upstream, outputs.get(1)));
        }
        return () -> read.forEach(Runnable::run);
    }

    /**
     * Rows as they lie in memory of im2col's result or col2im's argument, [images, 1, kernel, run, out height, out
     * width].
     */
    private static INDArray asInMemory(INDArray array) {
        return array.rank() == 6 ? array.permute(0, 4, 5, 1, 2, 3) : array;
    }

    /** Windows of a convolution over images [n, h, w, channels] at positions [n, h', w', ...]. */
    private static Windows windowsOfConvolution(Plan.Call call, INDArray images, INDArray positions) {
        int channels = Math.toIntExact(images.size(3));
        int kernel = call.integer(NativeArgument.KERNEL_HEIGHT);
        INDArray lines = images.reshape('c', true, images.size(0), 1, images.size(1), images.size(2) * channels);
        return windows(call, lines, channels, kernel, call.integer(NativeArgument.KERNEL_WIDTH) * channels, positions);
    }

    /** Windows of images [n, 1, h, w x channels] whose rows are [n, h', w', 1, kernel, run]. */
    private static Windows windows(Plan.Call call, INDArray lines, INDArray rows) {
        return windows(call, lines, 1, Math.toIntExact(rows.size(4)), Math.toIntExact(rows.size(5)), rows);
    }

    /** @param channels floats that a step along a row counts as one */
    private static Windows windows(
            Plan.Call call, INDArray lines, int channels, int kernel, int run, INDArray positions) {
        return new Windows(
                Math.toIntExact(lines.size(0)),
                Math.toIntExact(lines.size(2)),
                Math.toIntExact(lines.size(3)),
                kernel,
                run,
                call.integer(NativeArgument.STRIDE_HEIGHT),
                call.integer(NativeArgument.STRIDE_WIDTH) * channels,
                call.integer(NativeArgument.PAD_TOP),
                call.integer(NativeArgument.PAD_LEFT) * channels,
                Math.toIntExact(positions.size(1)),
                Math.toIntExact(positions.size(2)));
    }
}
