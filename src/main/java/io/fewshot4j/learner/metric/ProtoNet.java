package io.fewshot4j.learner.metric;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Initialisation;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.Parameters;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/** Prototypical networks, <a href="https://arxiv.org/abs/1703.05175">Snell et al. 2017</a>: the nearest class mean by squared Euclidean distance. */
public final class ProtoNet implements LearnerSpec<ProtoNet.Settings> {
    /** The embedding network. Support and query images pass through it as one batch in training. */
    public record Settings(
            @Describe("filters of each of the four blocks") int filters,
            @Describe("how a block halves its images") Conv4.Downsampling pooling,
            @Describe("mean over positions, or all of them") Conv4.Head head,

            @Describe("zeros around images: as torch (1 each side), tensorflow (SAME) or none")
            ConvGeometry.Padding padding,

            @Describe("whether batch normalisation has a gain (gamma)")
            boolean batchNormGain,

            @Describe("added to variances") double batchNormEpsilon) {
        Conv4 network(ImageShape image) {
            return new Conv4(
                    image.height(),
                    image.width(),
                    image.channels(),
                    filters,
                    pooling,
                    head,
                    padding,
                    batchNormGain,
                    batchNormEpsilon);
        }
    }

    @Override
    public String name() {
        return "protonet";
    }

    @Override
    public String summary() {
        return "ProtoNet: nearest class mean in a learned space (Snell et al. 2017, arXiv:1703.05175)";
    }

    @Override
    public Settings defaults() {
        return new Settings(
                64, Conv4.Downsampling.MAX_POOL, Conv4.Head.FLATTEN, ConvGeometry.Padding.TORCH, true, 1e-5);
    }

    @Override
    public Model initialise(Settings settings, TaskShape shape, long seed, DataType type) {
        Conv4 network = settings.network(shape.image());
        Parameters parameters = Parameters.zeros(network.layout(), type);
        Parameters statistics = Parameters.zeros(network.statisticsLayout(), type);
        Initialisation.network(parameters, new Random(seed));
        Initialisation.network(statistics, new Random(seed));
        return new Model(parameters, statistics);
    }

    @Override
    public Learner create(Settings settings, TaskShape shape, Model model) {
        return new PrototypeLearner(settings.network(shape.image()), shape, model);
    }
}
