package io.fewshot4j.cli.check;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.backend.Device;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Speed at which this machine multiplies matrices: the yardstick for everything else. */
final class MatrixProductRate {
    private static final int PRODUCTS = 12;

    private MatrixProductRate() {}

    /**
     * GFLOP/s of single-precision products of square matrices (1024, on a GPU 8192), on each of some threads at once;
     * the best of three.
     */
    static double measure(int threads) {
        int size = Backends.current() == Device.CUDA ? 8192 : 1024;
        return IntStream.range(0, 3).mapToDouble(i -> once(size, threads)).max().orElseThrow();
    }

    private static double once(int size, int threads) {
        long start = System.nanoTime();
        List<CompletableFuture<Void>> running = IntStream.range(0, threads)
                .mapToObj(i -> CompletableFuture.runAsync(() -> multiply(size), task -> new Thread(task).start()))
                .toList();
        running.forEach(CompletableFuture::join);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return 2.0 * size * size * size * PRODUCTS * threads / seconds * 1e-9;
    }

    private static void multiply(int size) {
        try (INDArray a = Nd4j.ones(DataType.FLOAT, size, size);
                INDArray b = Nd4j.ones(DataType.FLOAT, size, size);
                INDArray c = Nd4j.create(DataType.FLOAT, new long[] {size, size}, 'f')) {
            for (int i = 0; i < PRODUCTS; i++) {
                a.mmuli(b, c);
            }
            Nd4j.getExecutioner().commit();
        }
    }
}
