package io.fewshot4j.backend;

import io.fewshot4j.FewShotException;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Starts ND4J on the device that was asked for, or not at all. */
public final class Backends {
    private static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

    private Backends() {}

    /** The device that computes, and the reason why it is not the other one; empty where there is none. */
    public record Choice(Device device, String reason) {}

    /**
     * The device to use.
     *
     * @param wanted empty for CUDA where it can run, and the processor where it cannot
     * @throws FewShotException if CUDA is wanted and cannot run
     */
    public static Choice choose(Optional<Device> wanted, Supplier<CudaFacts> cuda) {
        if (wanted.equals(Optional.of(Device.CPU))) {
            return new Choice(Device.CPU, "");
        }
        CudaFacts facts = cuda.get();
        Optional<Obstacle> obstacle = facts.obstacle();
        if (obstacle.isEmpty()) {
            return new Choice(Device.CUDA, "");
        }
        if (wanted.isPresent()) {
            throw new FewShotException("cannot compute with CUDA: "
                    + obstacle.get().problem() + "; " + obstacle.get().remedy());
        }
        return new Choice(Device.CPU, facts.inBuild() ? obstacle.get().problem() : "");
    }

    /** Makes ND4J start on a device when it is first touched; the first call counts. */
    public static void use(Device device) {
        if (!(ND4JClassLoading.getNd4jClassloader() instanceof OneBackend)) {
            ND4JClassLoading.setNd4jClassloader(
                    new OneBackend(ND4JClassLoading.getNd4jClassloader(), className(device)));
        }
    }

    /**
     * Starts ND4J.
     *
     * @throws FewShotException if it starts, or started before, on another device
     */
    public static void start(Device device) {
        use(device);
        String started = Nd4j.getBackend().getClass().getName();
        if (!started.equals(className(device))) {
            throw new FewShotException("ND4J must start on " + className(device) + ", got " + started
                    + "; start the program anew for another device");
        }
    }

    /**
     * ND4J's backend in words: {@code ND4J CPU with oneDNN}, or
     * {@code ND4J CUDA on NVIDIA H100 (compute capability 9.0)}.
     */
    public static String describe() {
        if (current() == Device.CUDA) {
            return "ND4J CUDA on " + gpu();
        }
        return "ND4J CPU" + (hasOneDnn() ? " with oneDNN" : "");
    }

    /** Whether ND4J's natives compute convolutions by oneDNN. */
    public static boolean hasOneDnn() {
        return NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN");
    }

    /** Device that ND4J computes with. */
    public static Device current() {
        return Nd4j.getBackend().getClass().getName().equals(CudaProbe.BACKEND) ? Device.CUDA : Device.CPU;
    }

    /**
     * Number of threads that work side by side: on a GPU one, as its operations are one after another anyway.
     *
     * @param wanted 0 for one per core
     * @throws FewShotException if a GPU is to serve several
     */
    public static int workers(int wanted) {
        if (current() == Device.CPU) {
            return wanted == 0 ? Runtime.getRuntime().availableProcessors() : wanted;
        }
        if (wanted > 1) {
            throw new FewShotException("threads must be 0 or 1 on a GPU, got " + wanted
                    + "; set tasks-per-graph to compute several tasks at a time");
        }
        return 1;
    }

    /** The GPU in use as {@code NVIDIA H100 (compute capability 9.0)}; empty on the processor. */
    public static String gpu() {
        if (current() == Device.CPU) {
            return "";
        }
        NativeOps natives = NativeOpsHolder.getInstance().getDeviceNativeOps();
        int device = natives.getDevice();
        return natives.getDeviceName(device) + " (compute capability " + natives.getDeviceMajor(device) + "."
                + natives.getDeviceMinor(device) + ")";
    }

    /** Bytes of memory that are free on the GPU in use. */
    public static long freeGpuMemory() {
        return NativeOpsHolder.getInstance().getDeviceNativeOps().getDeviceFreeMemoryDefault();
    }

    private static String className(Device device) {
        return device == Device.CUDA ? CudaProbe.BACKEND : CPU_BACKEND;
    }
}
