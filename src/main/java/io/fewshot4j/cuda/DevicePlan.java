package io.fewshot4j.cuda;

import io.fewshot4j.graph.runtime.Plan;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A plan as it runs on a device: kernels and products in order.
 *
 * @param source text of all kernels in CUDA C++
 * @param memory where the arrays lie, with a place for every constant that is read
 */
record DevicePlan(String source, List<Step> steps, MemoryMap memory) {
    DevicePlan {
        steps = List.copyOf(steps);
    }

    /** @param constants their values by name */
    static DevicePlan of(Plan plan, Function<String, INDArray> constants) {
        Plan products = ConvolutionProducts.of(plan);
        MemoryMap memory = new MemoryMap(products, constants);
        List<Node> nodes = new Nodes(memory).of(products.calls());
        KernelSource source = new KernelSource(plan.type());
        List<Step> steps = source.steps(Fusion.groups(nodes), new Liveness(nodes, memory.arena()));
        return new DevicePlan(source.text(), steps, memory);
    }

    /** Number of kernels and products that a run launches. */
    int launches() {
        return steps.size();
    }
}
