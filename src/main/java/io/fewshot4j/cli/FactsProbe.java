package io.fewshot4j.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Finds out the {@link Facts} of this machine and this build. */
final class FactsProbe {
    private FactsProbe() {}

    /** All facts; the products of matrices take a second or two. */
    static Facts gather(Path cache) {
        List<Facts.Gpu> gpus = Nvidia.gpus();
        return new Facts(java(), processor(), memory(), disk(cache), backend(gpus), gpus);
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

    /** What programs can still take, the kernel's own caches included. */
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

    /** Asks each backend before ND4J itself, which hides why one does not work, and starts on a GPU that it has no code for. */
    private static Facts.Backend backend(List<Facts.Gpu> gpus) {
        Facts.Backend none = Facts.Backend.failed("none", "there is none on the class path");
        for (Nd4jBackend backend : ServiceLoader.load(Nd4jBackend.class)) {
            String name = backend.getClass().getSimpleName();
            none = Facts.Backend.failed(name, "it finds no device");
            try {
                if (none.cuda() && gpus.stream().anyMatch(Facts.Gpu::unsupported)) {
                    return Facts.Backend.failed(name, "it was not started, because it has no code for this GPU");
                }
                if (backend.isAvailable()) {
                    return started();
                }
            } catch (LinkageError | RuntimeException e) {
                none = Facts.Backend.failed(name, deepest(e));
            }
        }
        return none;
    }

    private static Facts.Backend started() {
        Nd4jBackend backend = Nd4j.getBackend();
        return new Facts.Backend(
                "",
                backend.getClass().getSimpleName(),
                version(),
                backend.buildInfo()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList(),
                NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads(),
                MatrixProductRate.measure(Runtime.getRuntime().availableProcessors()));
    }

    private static String version() {
        Properties pom = new Properties();
        try (InputStream in = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            if (in != null) {
                pom.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return pom.getProperty("version", "unknown");
    }

    private static String deepest(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause).lines().findFirst().orElse("");
    }
}
