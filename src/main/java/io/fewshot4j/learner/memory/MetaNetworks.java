package io.fewshot4j.learner.memory;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Optional;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Meta Networks, <a href="https://arxiv.org/abs/1703.00837">Munkhdalai and Yu 2017</a>: slow weights, and fast ones
 * made of gradients.
 */
public final class MetaNetworks implements LearnerSpec<MetaNetworks.Settings> {
    /** Embedding and base learner are alike; both have fast weights in every layer. */
    public record Settings(
            @Describe("filters of each block") int filters,

            @Describe("blocks of a 3x3 convolution, ReLU and, as long as it can be halved, 2x2 max-pooling")
            int blocks,

            @Describe("entries of the state and of the hidden layers that make fast weights of gradients")
            int metaHidden,

            @Describe("gradients that the embedding's fast weights are made of, each of a part of the support set")
            int embeddingBatches,

            @Describe("factor of the cosines whose softmax is read by; 1 in the paper")
            double sharpness,

            @Describe("1: gradients of the support set held fixed; 2: derivatives go through them")
            int order) {
        public Settings {
            if (filters < 1 || blocks < 1 || metaHidden < 1 || embeddingBatches < 1) {
                throw new IllegalArgumentException(
                        "filters, blocks, metaHidden and embeddingBatches must be at least 1, got " + filters + ", "
                                + blocks + ", " + metaHidden + " and " + embeddingBatches);
            }
            if (!(sharpness > 0)) {
                throw new IllegalArgumentException("sharpness must be above 0, got " + sharpness);
            }
            if (order != 1 && order != 2) {
                throw new IllegalArgumentException("order must be 1 or 2, got " + order);
            }
        }
    }

    /** It has a network of its own. */
    @Override
    public Optional<NetworkSettings> network() {
        return Optional.empty();
    }

    @Override
    public String name() {
        return "metanet";
    }

    @Override
    public String summary() {
        return "Meta Networks: fast weights made of gradients, from a memory (Munkhdalai and Yu 2017, arXiv:1703.00837)";
    }

    @Override
    public Settings defaults() {
        return new Settings(64, 5, 20, 5, 1, 1);
    }

    private static MetaNetwork network(Settings settings, TaskShape shape) {
        return new MetaNetwork(settings, shape.image(), shape.episode().way());
    }

    @Override
    public Model initialise(Settings settings, TaskShape shape, long seed, DataType type) {
        MetaNetwork network = network(settings, shape);
        Parameters parameters = Parameters.zeros(network.layout(), type);
        network.initialise(parameters, new Random(seed));
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    @Override
    public Learner create(Settings settings, TaskShape shape, Model model) {
        return new MetaNetworkLearner(network(settings, shape), shape, model);
    }
}
