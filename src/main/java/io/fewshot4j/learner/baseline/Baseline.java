package io.fewshot4j.learner.baseline;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.head.Distance;
import io.fewshot4j.nn.Initialisation;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.Parameters;
import java.util.Random;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network pretrained to tell all training classes apart, and then neighbours by its features, a new head on them, or
 * fine-tuning: the baselines of <a href="https://arxiv.org/abs/1606.04080">Vinyals et al. 2016</a> and
 * <a href="https://openreview.net/forum?id=rJY0-Kcll">Ravi and Larochelle 2017</a>; and Baseline++ of
 * <a href="https://arxiv.org/abs/1904.04232">Chen et al. 2019</a>, whose heads score by cosines.
 */
public final class Baseline implements LearnerSpec<Baseline.Settings> {
    /** The network, and what becomes of it at test. It is pretrained for any of the classifiers alike. */
    public record Settings(
            @Describe("scores of classes in pretraining and in a new head: linear, or cosine (Baseline++)")
            ClassScores classScores,

            @Describe("factor of the cosines, above 0") double cosineScale,

            @Describe("answers at test: nearest-neighbour by features, new-head on them, or fine-tune of all layers")
            Classifier classifier,

            @Describe("how near features are: cosine or euclidean")
            Distance distance,

            @Describe("full-batch SGD steps on the support set, for new-head and fine-tune")
            int testInnerSteps,

            @Describe("their learning rate, above 0") double fineTuneLearningRate,

            @Describe("their decay: the rate of step t from 0 is divided by 1 + decay t")
            double fineTuneDecay) {
        public Settings {
            if (!(cosineScale > 0)) {
                throw new IllegalArgumentException("cosine-scale must be above 0, got " + cosineScale);
            }
            if (testInnerSteps < 1) {
                throw new IllegalArgumentException("test-inner-steps must be at least 1, got " + testInnerSteps);
            }
            if (!(fineTuneLearningRate > 0)) {
                throw new IllegalArgumentException(
                        "fine-tune-learning-rate must be above 0, got " + fineTuneLearningRate);
            }
            if (!(fineTuneDecay >= 0)) {
                throw new IllegalArgumentException("fine-tune-decay must be at least 0, got " + fineTuneDecay);
            }
        }
    }

    @Override
    public boolean takesAnyWay() {
        return true;
    }

    @Override
    public Set<String> testSettings() {
        return Set.of("classifier", "distance", "test-inner-steps", "fine-tune-learning-rate", "fine-tune-decay");
    }

    @Override
    public String name() {
        return "baseline";
    }

    @Override
    public String summary() {
        return "a classifier of all training classes, then neighbours or fine-tuning (Vinyals et al. 2016, arXiv:1606.04080)";
    }

    @Override
    public Settings defaults() {
        return new Settings(ClassScores.LINEAR, 2, Classifier.NEAREST_NEIGHBOUR, Distance.COSINE, 15, 0.1, 0);
    }

    @Override
    public Model initialise(Settings settings, TaskShape shape, long seed, DataType type) {
        int classes = shape.trainingClasses().size();
        if (classes < 2) {
            throw new IllegalArgumentException("baseline must know the training classes, got " + classes);
        }
        ClassNetwork network = ClassNetwork.of(settings, shape.body(), classes);
        Random random = new Random(seed);
        Parameters parameters = Parameters.zeros(network.layout(), type);
        Parameters statistics = Parameters.zeros(shape.body().statisticsLayout(), type);
        network.body().initialise(parameters, random);
        network.head().initialise(parameters, random);
        Initialisation.ones(statistics, shape.body().statisticsLayout());
        return new Model(parameters, statistics);
    }

    @Override
    public Learner create(Settings settings, TaskShape shape, Model model) {
        return new BaselineLearner(settings, shape, model);
    }
}
