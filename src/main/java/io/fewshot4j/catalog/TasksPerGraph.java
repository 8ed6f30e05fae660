package io.fewshot4j.catalog;

import io.fewshot4j.backend.Device;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** The choice of how many tasks a graph holds. */
record TasksPerGraph(Experiment experiment) {
    /** One on the processor; on a GPU the largest part of the meta-batch whose graph fits. */
    Experiment fitted(Device device, LongSupplier memory) {
        if (experiment.training().tasksPerGraph() > 0) {
            return experiment;
        }
        return device == Device.CPU ? with(1) : largest(memory.getAsLong());
    }

    private Experiment largest(long memory) {
        int batch = experiment.training().metaBatch();
        return IntStream.rangeClosed(1, batch)
                .filter(graphs -> batch % graphs == 0)
                .mapToObj(graphs -> with(batch / graphs))
                .filter(trial -> graphBytes(trial) <= memory)
                .findFirst()
                .orElse(with(1));
    }

    private Experiment with(int tasks) {
        return experiment.with(Settings.of(Map.of("tasks-per-graph", Integer.toString(tasks))));
    }

    private static long graphBytes(Experiment trial) {
        try (Model model = trial.initialise(DataType.FLOAT);
                Learner learner = trial.learner(model)) {
            return learner.cost().bufferBytes();
        }
    }
}
