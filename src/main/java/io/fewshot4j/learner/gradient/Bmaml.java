package io.fewshot4j.learner.gradient;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Initialisation;
import io.fewshot4j.learner.Conv4Settings;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.ParticleSettings;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.gradient.GradientSettings.HeadInit;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Bayesian MAML, <a href="https://arxiv.org/abs/1806.03836">Yoon et al. 2018</a>, as in the paper's classification: the
 * particles are heads over one body, inner steps change the heads alone, and both learn from the chaser loss.
 *
 * <p>The paper's priors of weights and of their precision are left out: so one particle adapts as ANIL's head does, and what is
 * known beforehand is in the first heads. There is no first order: the body learns through the inner gradients alone.
 */
public final class Bmaml implements LearnerSpec<Bmaml.Settings> {
    /** Settings of the heads, and of the body as in {@link GradientSettings}. */
    public record Settings(
            ParticleSettings ensemble,

            @Describe(
                    "inner learning rate, on the mean cross-entropy of the support set; divided by the number of particles")
            double innerLearningRate,

            @Describe("inner steps in training, at least 1") int innerSteps,

            @Describe("inner steps in validation, evaluation and classification")
            int testInnerSteps,

            Conv4Settings body,

            @Describe("whether batch normalisation has a gain (gamma)")
            boolean batchNormGain,

            @Describe("first values of the heads: standard normal, or Glorot's uniform")
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

        Conv4 body(ImageShape image) {
            return body.network(image, batchNormGain);
        }
    }

    @Override
    public String name() {
        return "bmaml";
    }

    @Override
    public String summary() {
        return "BMAML: heads that stand for a posterior together (Yoon et al. 2018, arXiv:1806.03836)";
    }

    @Override
    public Settings defaults() {
        return new Settings(
                new ParticleSettings(5, 1),
                2.0,
                1,
                10,
                new Conv4Settings(
                        64, Conv4.Downsampling.STRIDE, Conv4.Head.FLATTEN, ConvGeometry.Padding.TENSORFLOW, 1e-3),
                false,
                HeadInit.GLOROT);
    }

    @Override
    public Model initialise(Settings settings, TaskShape shape, long seed, DataType type) {
        Parameters parameters = Parameters.zeros(new ParticleNetwork(settings, shape).layout(), type);
        Random random = new Random(seed);
        Initialisation.network(parameters, random);
        parameters.names().stream()
                .filter(name -> name.endsWith("fc.weight"))
                .forEach(name -> GradientLearner.head(parameters.get(name), settings.headInit(), random));
        return new Model(parameters, Parameters.zeros(ParameterLayout.none(), type));
    }

    @Override
    public Learner create(Settings settings, TaskShape shape, Model model) {
        return new ParticleLearner(name(), new ParticleNetwork(settings, shape), shape, model);
    }
}
