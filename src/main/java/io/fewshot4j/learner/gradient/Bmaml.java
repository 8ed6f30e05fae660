package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.HeadInit;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Describe;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Bayesian MAML, <a href="https://arxiv.org/abs/1806.03836">Yoon et al. 2018</a>: particles adapt together by Stein
 * variational gradient descent and learn from the chaser loss. In the paper's classification they are heads over one
 * body, in its regression whole networks.
 *
 * <p>The paper's priors of weights and of precisions are left out: one particle adapts as plain gradient descent does,
 * and the first particles hold what is known beforehand. There is no first order: a shared body learns through the
 * inner gradients alone.
 */
public final class Bmaml implements LearnerSpec<Bmaml.Settings> {
    /** Settings of the particles. */
    public record Settings(
            ParticleSettings ensemble,

            @Describe("inner learning rate, on the mean loss of the support set; divided by the number of particles")
            double innerLearningRate,

            @Describe("inner steps in training, at least 1") int innerSteps,

            @Describe("inner steps in validation, evaluation and classification")
            int testInnerSteps,

            @Describe("first values of the heads: normal (standard), glorot (uniform) or near-zero (deviation 0.01)")
            HeadInit headInit) {
        public Settings {
            if (innerSteps < 1 || testInnerSteps < 1) {
                throw new IllegalArgumentException("innerSteps and testInnerSteps must be at least 1, got " + innerSteps
                        + " and " + testInnerSteps);
            }
            if (!(innerLearningRate > 0)) {
                throw new IllegalArgumentException("innerLearningRate must be above 0, got " + innerLearningRate);
            }
        }
    }

    @Override
    public String name() {
        return "bmaml";
    }

    @Override
    public String summary() {
        return "BMAML: particles that stand for a posterior together (Yoon et al. 2018, arXiv:1806.03836)";
    }

    @Override
    public Settings defaults() {
        return new Settings(new ParticleSettings(5, true, 1), 2.0, 1, 10, HeadInit.GLOROT);
    }

    @Override
    public Optional<NetworkSettings> network() {
        return Optional.of(new Conv4Settings(
                64, Conv4.Downsampling.STRIDE, Conv4.Head.FLATTEN, ConvGeometry.Padding.TENSORFLOW, false, 1e-3));
    }

    @Override
    public boolean fitsFunctions() {
        return true;
    }

    @Override
    public Set<String> testSettings() {
        return Set.of("test-inner-steps");
    }

    @Override
    public Model initialise(Settings settings, TaskShape shape, long seed, DataType type) {
        return new ParticleNetwork(settings, shape).initialise(seed, type);
    }

    @Override
    public Learner create(Settings settings, TaskShape shape, Model model) {
        return new ParticleLearner(name(), new ParticleNetwork(settings, shape), model);
    }
}
