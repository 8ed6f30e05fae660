package io.fewshot4j.learner.memory;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.LruMemory;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Optional;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/** Memory-augmented neural networks, <a href="https://arxiv.org/abs/1605.06065">Santoro et al. 2016</a>. */
public final class Mann implements LearnerSpec<Mann.Settings> {
    /** Controller and memory. Images are flattened as they come. */
    public record Settings(
            @Describe("entries of the LSTM controller's state")
            int controller,

            @Describe("rows of the memory, at least as many as heads")
            int memorySlots,

            @Describe("entries of a row of the memory") int memoryWidth,
            @Describe("rows that a step reads and writes") int memoryHeads,

            @Describe("what is left of a row's usage after a step")
            double usageDecay,

            @Describe("factor of the similarities whose softmax is read by; 1 in the paper")
            double readSharpness) {
        public Settings {
            if (controller < 1) {
                throw new IllegalArgumentException("controller must be at least 1, got " + controller);
            }
            if (memoryHeads < 1 || memoryWidth < 1 || memorySlots < memoryHeads) {
                throw new IllegalArgumentException(
                        "memoryHeads and memoryWidth must be at least 1 and memorySlots at least memoryHeads, got "
                                + memoryHeads + ", " + memoryWidth + " and " + memorySlots);
            }
        }

        LruMemory memory() {
            return new LruMemory(memorySlots, memoryWidth, memoryHeads, usageDecay, readSharpness);
        }
    }

    /** It has a network of its own. */
    @Override
    public Optional<NetworkSettings> network() {
        return Optional.empty();
    }

    @Override
    public String name() {
        return "mann";
    }

    @Override
    public String summary() {
        return "MANN: an LSTM with an external memory sees labels one step late (Santoro et al. 2016, arXiv:1605.06065)";
    }

    @Override
    public Settings defaults() {
        return new Settings(200, 128, 40, 4, 0.95, 1);
    }

    private static MannNetwork network(Settings settings, TaskShape shape) {
        return new MannNetwork(
                settings.controller(),
                settings.memory(),
                shape.image().size(),
                shape.episode().way());
    }

    @Override
    public Model initialise(Settings settings, TaskShape shape, long seed, DataType type) {
        MannNetwork network = network(settings, shape);
        Parameters parameters = Parameters.zeros(network.layout(), type);
        network.initialise(parameters, new Random(seed));
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    @Override
    public Learner create(Settings settings, TaskShape shape, Model model) {
        return new MannLearner(network(settings, shape), shape, model);
    }
}
