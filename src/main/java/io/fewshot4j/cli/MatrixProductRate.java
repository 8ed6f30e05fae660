package io.fewshot4j.cli;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How fast this machine multiplies matrices: the yardstick for everything else. */
final class MatrixProductRate {
    private static final int SIZE = 1024;
    private static final int PRODUCTS = 12;

    private MatrixProductRate() {}

    /** GFLOP/s of single-precision products of 1024x1024 matrices, on each of some threads at once; the best of three. */
    static double measure(int threads) {
        return IntStream.range(0, 3).mapToDouble(i -> once(threads)).max().orElseThrow();
    }

    private static double once(int threads) {
        long start = System.nanoTime();
        List<CompletableFuture<Void>> running = IntStream.range(0, threads)
                .mapToObj(
                        i -> CompletableFuture.runAsync(MatrixProductRate::multiply, task -> new Thread(task).start()))
                .toList();
        running.forEach(CompletableFuture::join);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return 2.0 * SIZE * SIZE * SIZE * PRODUCTS * threads / seconds * 1e-9;
    }

    private static void multiply() {
        try (INDArray a = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
                INDArray b = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
                INDArray c = Nd4j.create(DataType.FLOAT, new long[] {SIZE, SIZE}, 'f')) {
            for (int i = 0; i < PRODUCTS; i++) {
                a.mmuli(b, c);
            }
        }
    }
}
