package io.fewshot4j.graph.runtime;

import io.fewshot4j.graph.Program;
import java.util.Map;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes executors of one kind. A build for another device brings its own as a service; without one ND4J runs plans, on
 * the device it has.
 */
public interface ExecutorProvider {
    /** The first of the services whose device is there, else ND4J's. */
    static ExecutorProvider current() {
        return Choice.CURRENT;
    }

    /** Whether its device is there and the one that is to compute. */
    boolean isAvailable();

    /**
     * An executor of a program's plan, with its constants.
     *
     * @param inputs arrays that live outside, by name
     * @param outputs likewise
     */
    Executor executor(Program program, Plan plan, Map<String, INDArray> inputs, Map<String, INDArray> outputs);

    /** Made when it is first asked for, which is after the device was chosen. */
    final class Choice {
        private static final ExecutorProvider CURRENT = ServiceLoader.load(ExecutorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(ExecutorProvider::isAvailable)
                .findFirst()
                .orElse(new Nd4jExecutor.Provider());

        private Choice() {}
    }
}
