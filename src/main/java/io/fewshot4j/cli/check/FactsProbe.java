package io.fewshot4j.cli.check;

import com.sun.management.OperatingSystemMXBean;
import io.fewshot4j.backend.Backends;
import io.fewshot4j.backend.CudaFacts;
import io.fewshot4j.backend.CudaProbe;
import io.fewshot4j.backend.Nvidia;
import io.fewshot4j.cli.console.Environment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Finds out the {@link Facts} of this machine and this build. */
final class FactsProbe {
    private FactsProbe() {}

    /** All facts; the products of matrices take a second or two. */
    static Facts gather(Path cache) {
        CudaFacts asked = CudaProbe.facts();
        CudaFacts cuda = asked.inBuild() ? asked : asked.withGpus(Nvidia.gpus());
        return new Facts(java(), processor(), memory(), disk(cache), backend(cuda), cuda);
    }

    private static Facts.Java java() {
        return new Facts.Java(
                Runtime.version().feature(),
                Runtime.version().toString(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home"));
    }

    private static Facts.Processor processor() {
        return new Facts.Processor(
                System.getProperty("os.arch"),
                Environment.processor(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static Facts.Memory memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Facts.Memory(
                system.getTotalMemorySize(),
                available().orElse(-1L),
                Runtime.getRuntime().maxMemory(),
                Pointer.maxBytes(),
                Pointer.maxPhysicalBytes());
    }

    /** Memory that programs can still take, the kernel's own caches included. */
    private static Optional<Long> available() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The free space of the folder, or of the nearest one above it that is there. */
    private static Facts.Disk disk(Path folder) {
        Path there = folder.toAbsolutePath();
        for (Path up = there; up != null && !Files.exists(there); up = up.getParent()) {
            there = up;
        }
        try {
            FileStore store = Files.getFileStore(there);
            return new Facts.Disk(folder, store.getUsableSpace());
        } catch (IOException e) {
            return new Facts.Disk(folder, -1);
        }
    }

    /** Starts the one that computes where no device is asked for. */
    private static Facts.Backend backend(CudaFacts cuda) {
        try {
            Backends.start(Backends.choose(Optional.empty(), () -> cuda).device());
        } catch (LinkageError | RuntimeException e) {
            return Facts.Backend.failed(String.valueOf(e.getMessage()));
        }
        return new Facts.Backend(
                "",
                Nd4j.getBackend().getClass().getSimpleName(),
                cuda.release().version(),
                Nd4j.getBackend()
                        .buildInfo()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList(),
                NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads(),
                MatrixProductRate.measure(Runtime.getRuntime().availableProcessors()));
    }
}
