package io.fewshot4j.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/** The text of a plan's kernels, each written once. */
final class KernelSource {
    private static final List<String> FILES = List.of("pointwise.cu", "windows.cu", "rows.cu", "solve.cu");

    private final DataType type;
    /** The name of each kernel by its text without one. */
    private final Map<String, String> kernels = new LinkedHashMap<>();

    private final StringBuilder text = new StringBuilder();

    KernelSource(DataType type) {
        this.type = type;
        text.append("typedef ").append(Numbers.real(type)).append(" real;\n\n");
        FILES.forEach(file -> text.append(resource(file)).append('\n'));
    }

    /** Text of all kernels so far. */
    String text() {
        return text.toString();
    }

    /** Groups of nodes as steps. */
    List<Step> steps(List<List<Node>> groups, Liveness liveness) {
        List<Step> steps = new ArrayList<>();
        int next = 0;
        for (List<Node> group : groups) {
            next += group.size();
            steps.add(step(group, liveness, next));
        }
        return steps;
    }

    private Step step(List<Node> group, Liveness liveness, int next) {
        if (group.get(0) instanceof MatrixProduct product) {
            return product;
        }
        if (group.get(0) instanceof WarpCall call) {
            return warps(call);
        }
        List<Pointwise> operations = group.stream().map(Pointwise.class::cast).toList();
        PointwiseKernel kernel = new PointwiseKernel(operations, type, array -> liveness.isRead(array, next));
        return new Step.Launch(
                name("pointwise", kernel::text), kernel.blocks(), PointwiseKernel.THREADS, kernel.arguments());
    }

    private Step warps(WarpCall call) {
        List<Long> arguments = call.arguments().map(DeviceArray::offset).toList();
        return new Step.Launch(
                name(call.function(), name -> text(call, name)), call.blocks(), call.threads(), arguments);
    }

    private static String text(WarpCall call, String name) {
        int reads = call.reads().size();
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < reads + call.writes().size(); i++) {
            parameters.add((i < reads ? "const " : "") + "real* __restrict__ p" + i);
        }
        String given = parameters.stream()
                .map(p -> p.substring(p.lastIndexOf(' ') + 1))
                .collect(Collectors.joining(", "));
        return "extern \"C\" __global__ void " + name + "(" + String.join(", ", parameters) + ") {\n"
                + "    typedef " + Numbers.index(call.arguments()) + " Index;\n"
                + "    const Index i = ((Index)blockIdx.x * " + call.threads() + " + threadIdx.x) / " + WarpCall.WARP
                + ";\n"
                + "    if (i >= " + call.count() + ") return;\n"
                + "    " + call.function() + "<Index, " + call.size() + ">(" + given + ", i, threadIdx.x % "
                + WarpCall.WARP
                + ");\n"
                + "}\n";
    }

    /** The name of the kernel with a text, which is new or was written before. */
    private String name(String kind, UnaryOperator<String> kernel) {
        return kernels.computeIfAbsent(kernel.apply(kind), key -> {
            String name = kind + "_" + kernels.size();
            text.append(kernel.apply(name)).append('\n');
            return name;
        });
    }

    private static String resource(String name) {
        try (InputStream in = KernelSource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program's archive");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
