package io.fewshot4j.cuda;

import io.fewshot4j.graph.operation.NativeArgument;
import io.fewshot4j.graph.runtime.Plan.Call;
import java.util.List;

/** The calls of a plan without convolutions as work on the device. */
final class Nodes {
    private final MemoryMap memory;
    private final PointwiseCalls pointwise;

    Nodes(MemoryMap memory) {
        this.memory = memory;
        this.pointwise = new PointwiseCalls(memory);
    }

    List<Node> of(List<Call> calls) {
        return calls.stream().<Node>flatMap(call -> of(call).stream()).toList();
    }

    private List<? extends Node> of(Call call) {
        return switch (call.operation()) {
            case PRODUCT -> List.of(product(call));
            case SOFTMAX, ROW_MAXIMUM, ROW_LOG_SUM_EXP -> List.of(rows(call));
            case SOLVE -> List.of(solve(call));
            default -> {
                List<Pointwise> operations = pointwise.of(call);
                if (operations.isEmpty()) {
                    throw new IllegalArgumentException("plans must hold operations that CUDA has a kernel for, got "
                            + call.operation().nativeName());
                }
                yield operations;
            }
        };
    }

    private DeviceArray input(Call call, int input) {
        return memory.at(call.inputs().get(input));
    }

    private DeviceArray output(Call call) {
        return memory.at(call.outputs().get(0));
    }

    private MatrixProduct product(Call call) {
        boolean transposeA = call.integer(NativeArgument.TRANSPOSE_FIRST) == 1;
        boolean transposeB = call.integer(NativeArgument.TRANSPOSE_SECOND) == 1;
        return new MatrixProduct(input(call, 0), input(call, 1), output(call), transposeA, transposeB);
    }

    private WarpCall rows(Call call) {
        DeviceArray x = input(call, 0);
        return new WarpCall(
                call.operation().nativeName(), x.length() / x.size(-1), x.size(-1), List.of(x), List.of(output(call)));
    }

    private WarpCall solve(Call call) {
        DeviceArray a = input(call, 0);
        long size = a.size(-1);
        DeviceArray work = memory.scratch(2 * a.length());
        return new WarpCall(
                "solve", a.length() / (size * size), size, List.of(a, input(call, 1)), List.of(output(call), work));
    }
}
