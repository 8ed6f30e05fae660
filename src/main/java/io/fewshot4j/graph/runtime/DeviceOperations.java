package io.fewshot4j.graph.runtime;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Operations that run in a way of their own: on the processor {@link HostOperations}, on a device what its build has as
 * a service; ND4J runs the others.
 */
public interface DeviceOperations {
    /**
     * A prepared call, on arrays that stay where they are.
     *
     * @return empty where ND4J is to run it, as where ND4J computes on another device
     */
    Optional<Runnable> prepare(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs);
}
