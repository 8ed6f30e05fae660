package io.fewshot4j.cpu;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Keeps native operations to one thread each, since tasks run side by side on Java's threads. OpenMP holds the number
 * for each thread that calls it, so that it must be set on each; OpenBLAS holds one for all. A number that the
 * environment gives stands.
 */
public final class NativeThreads {
    private static final boolean IS_GIVEN = System.getenv("OMP_NUM_THREADS") != null;
    private static final ThreadLocal<Boolean> IS_SET = ThreadLocal.withInitial(() -> Boolean.FALSE);

    private NativeThreads() {}

    /** Makes native operations that this thread calls run on it alone. */
    public static void one() {
        if (IS_GIVEN || IS_SET.get()) {
            return;
        }
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        openblas.blas_set_num_threads(1);
        IS_SET.set(true);
    }
}
