package io.fewshot4j.cuda;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;

/** Runs kernels, compiled by g++, and matrix products on the processor. */
final class Processor {
    private static final Pattern KERNEL = Pattern.compile("extern \"C\" __global__ void ((\\w+)_\\d+)\\(");

    static {
        System.load(
                Compilers.library(Compilers.resource("processor.cpp"), "-O2").toString());
    }

    private Processor() {}

    static native long open(long path);

    static native long reserve(long bytes);

    static native void release(long address, long bytes);

    static native void close(long library);

    static native long symbol(long library, long name);

    static native void launch(long kernel, long from, long to, int threads, long arguments);

    static native void gemm(
            int wide,
            int ta,
            int tb,
            int m,
            int n,
            int k,
            long a,
            int lda,
            long sa,
            long b,
            int ldb,
            long sb,
            long c,
            int ldc,
            long sc,
            int count);

    /** Library of a plan's kernels. */
    static Path compile(String source) {
        String entries = KERNEL.matcher(source)
                .results()
                .map(found -> "extern \"C\" void run_" + found.group(1)
                        + "(long long from, long long to, int threads, void** arguments) {\n    shim::"
                        + (found.group(2).equals("pointwise") ? "run<" : "run_warps<") + found.group(1)
                        + ">(from, to, threads, arguments);\n}\n")
                .collect(Collectors.joining());
        return Compilers.library(Compilers.resource("shim.h") + source + entries, "-O0");
    }

    static long open(Path library) {
        try (BytePointer path = text(library.toString())) {
            return open(path.address());
        }
    }

    static long kernel(long library, String name) {
        try (BytePointer symbol = text("run_" + name)) {
            return symbol(library, symbol.address());
        }
    }

    private static BytePointer text(String text) {
        return new BytePointer((text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** Some blocks of a kernel, with addresses as arguments. */
    static void launch(long kernel, long from, long to, int threads, List<Long> addresses) {
        try (LongPointer values = new LongPointer(addresses.size());
                LongPointer pointers = new LongPointer(addresses.size())) {
            for (int i = 0; i < addresses.size(); i++) {
                values.put(i, addresses.get(i));
                pointers.put(i, values.address() + (long) i * Long.BYTES);
            }
            launch(kernel, from, to, threads, pointers.address());
        }
    }

    static void gemm(Gemm product) {
        Gemm.Operand a = product.a();
        Gemm.Operand b = product.b();
        Gemm.Operand c = product.c();
        gemm(
                product.wide() ? 1 : 0,
                a.transposed() ? 1 : 0,
                b.transposed() ? 1 : 0,
                product.m(),
                product.n(),
                product.k(),
                a.address(),
                a.leading(),
                a.stride(),
                b.address(),
                b.leading(),
                b.stride(),
                c.address(),
                c.leading(),
                c.stride(),
                product.count());
    }
}
