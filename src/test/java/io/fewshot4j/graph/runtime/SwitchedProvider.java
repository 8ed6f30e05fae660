package io.fewshot4j.graph.runtime;

import io.fewshot4j.graph.Program;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes ND4J's executors, and another's while a test wants that. */
public final class SwitchedProvider implements ExecutorProvider {
    private static final ExecutorProvider ND4J = new Nd4jExecutor.Provider();
    private static final ThreadLocal<ExecutorProvider> CURRENT = ThreadLocal.withInitial(() -> ND4J);

    /** Does this thread's work with another's executors. */
    public static void during(ExecutorProvider provider, Runnable work) {
        CURRENT.set(provider);
        try {
            work.run();
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public Executor executor(Program program, Plan plan, Map<String, INDArray> inputs, Map<String, INDArray> outputs) {
        return CURRENT.get().executor(program, plan, inputs, outputs);
    }
}
