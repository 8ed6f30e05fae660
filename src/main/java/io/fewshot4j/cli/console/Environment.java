package io.fewshot4j.cli.console;

import io.fewshot4j.backend.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Program and machine of a result, in words. */
public final class Environment {
    /** This program's version as its jar says it. */
    public static final String VERSION = Optional.ofNullable(
                    Environment.class.getPackage().getImplementationVersion())
            .orElse("development");

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Environment() {}

    /** Lines for reports: version, Java, system, processor, backend, threads. */
    public static Map<String, String> describe() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("fewshot4j", VERSION);
        lines.put("Java", property("java.runtime.version") + ", " + property("java.vm.name"));
        lines.put("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        lines.put("processor", processor());
        lines.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        lines.put("backend", backend());
        lines.put(
                "threads of one operation",
                Integer.toString(
                        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads()));
        return lines;
    }

    /** See {@link Backends#describe}. */
    public static String backend() {
        return Backends.describe();
    }

    /** The processor's name, or its kind where the system does not tell it. */
    public static String processor() {
        try (Stream<String> lines = Files.exists(CPU_INFO) ? Files.lines(CPU_INFO) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(property("os.arch"));
        } catch (IOException e) {
            return property("os.arch");
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
