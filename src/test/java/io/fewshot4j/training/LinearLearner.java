package io.fewshot4j.training;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Predictions;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.Support;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Softmax of a linear map of the pixels, without adaptation; its statistics are the mean pixel. */
final class LinearLearner implements Learner {
    static final AtomicInteger OPEN = new AtomicInteger();

    private final Model model;

    LinearLearner(Model model) {
        this.model = model;
        OPEN.incrementAndGet();
    }

    static Model model(int way, int pixels) {
        ParameterLayout weights = ParameterLayout.none().with("weight", way, pixels);
        Model model = new Model(
                Parameters.zeros(weights, DataType.FLOAT),
                Parameters.zeros(ParameterLayout.none().with("mean", 1), DataType.FLOAT));
        for (int i = 0; i < weights.length(); i++) {
            model.parameters().flat().putScalar(i, Math.sin(i));
        }
        return model;
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        double[] gradient =
                new double[Math.toIntExact(model.parameters().layout().length())];
        double loss = 0;
        double right = 0;
        double mean = 0;
        for (Episode task : tasks) {
            LabelledImages queries = task.query();
            Scores scores = scores(queries, task.way());
            int size = queries.shape().size();
            for (int i = 0; i < queries.count(); i++) {
                double share = 1.0 / queries.count() / tasks.size();
                loss -= share * Math.log(scores.probability(i, queries.label(i)));
                right += share * (scores.predicted(i) == queries.label(i) ? 1 : 0);
                for (int c = 0; c < task.way(); c++) {
                    double error = scores.probability(i, c) - (c == queries.label(i) ? 1 : 0);
                    for (int p = 0; p < size; p++) {
                        gradient[c * size + p] += share * error * queries.pixels()[i * size + p];
                        mean += share * queries.pixels()[i * size + p] / size / task.way();
                    }
                }
            }
        }
        return new MetaGradient(
                tasks.size(), loss, right, filled(model.parameters(), gradient), filled(model.statistics(), mean));
    }

    private static Parameters filled(Parameters like, double... values) {
        Parameters parameters = Parameters.zeros(like.layout(), like.flat().dataType());
        try (var array = Nd4j.createFromArray(values)) {
            parameters.flat().assign(array);
        }
        return parameters;
    }

    private Scores scores(LabelledImages images, int way) {
        double[] weights = Transfer.read(model.parameters().flat());
        int size = images.shape().size();
        double[] scores = new double[images.count() * way];
        for (int i = 0; i < images.count(); i++) {
            double sum = 0;
            for (int c = 0; c < way; c++) {
                double score = 0;
                for (int p = 0; p < size; p++) {
                    score += weights[c * size + p] * images.pixels()[i * size + p];
                }
                scores[i * way + c] = Math.exp(score);
                sum += scores[i * way + c];
            }
            for (int c = 0; c < way; c++) {
                scores[i * way + c] /= sum;
            }
        }
        return new Scores(way, scores);
    }

    @Override
    public Adapted adapt(Support support) {
        return new Adapted() {
            @Override
            public Scores score(LabelledImages queries, BatchStatistics statistics) {
                return scores(queries, support.way());
            }

            @Override
            public Predictions scoreSteps(LabelledImages queries, BatchStatistics statistics) {
                Scores uniform = new Scores(support.way(), new double[queries.count() * support.way()]);
                return new Predictions(List.of(uniform, score(queries, statistics)));
            }
        };
    }

    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return Set.of(BatchStatistics.RUNNING, BatchStatistics.BATCH);
    }

    @Override
    public io.fewshot4j.learner.Cost cost() {
        return new io.fewshot4j.learner.Cost(0, 0);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        OPEN.decrementAndGet();
    }
}
