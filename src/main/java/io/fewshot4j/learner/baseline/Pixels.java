package io.fewshot4j.learner.baseline;

import io.fewshot4j.FewShotException;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Embedding;
import io.fewshot4j.learner.FeatureRows;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Support;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.learner.head.Distance;
import io.fewshot4j.learner.head.NearestNeighbour;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.options.Describe;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/** The nearest neighbour by pixels. There is nothing to train: its model is empty, and its runs have 0 iterations. */
public final class Pixels implements LearnerSpec<Pixels.Settings> {
    private static final Set<BatchStatistics> STATISTICS = Set.of(BatchStatistics.SUPPORT_AND_ONE_QUERY);

    /** The measure of nearness. */
    public record Settings(
            @Describe("how near images are: cosine or euclidean")
            Distance distance) {}

    /** It compares pixels. */
    @Override
    public Optional<NetworkSettings> network() {
        return Optional.empty();
    }

    @Override
    public boolean takesAnyWay() {
        return true;
    }

    @Override
    public Set<String> testSettings() {
        return Set.of("distance");
    }

    @Override
    public String name() {
        return "pixels";
    }

    @Override
    public String summary() {
        return "nearest neighbour by pixels, nothing is trained (a baseline of Vinyals et al. 2016, arXiv:1606.04080)";
    }

    @Override
    public Settings defaults() {
        return new Settings(Distance.COSINE);
    }

    @Override
    public Model initialise(Settings settings, TaskShape shape, long seed, DataType type) {
        return new Model(
                Parameters.zeros(ParameterLayout.none(), type), Parameters.zeros(ParameterLayout.none(), type));
    }

    @Override
    public Learner create(Settings settings, TaskShape shape, Model model) {
        return new PixelLearner(settings.distance(), model);
    }

    private record PixelLearner(Distance distance, Model model) implements Learner {
        @Override
        public MetaGradient metaGradient(List<Episode> tasks) {
            throw new FewShotException("iterations must be 0 for pixels, which has nothing to train");
        }

        @Override
        public Adapted adapt(Support support) {
            Adapted neighbours = new NearestNeighbour(distance).fit(support);
            return (queries, statistics) -> {
                statistics.requireIn(STATISTICS, "pixels");
                return neighbours.score(queries, statistics);
            };
        }

        @Override
        public Optional<Embedding> embedding() {
            return Optional.of(
                    images -> new FeatureRows(images.shape().size()).examples(images.pixels(), images.labels()));
        }

        @Override
        public Set<BatchStatistics> supportedStatistics() {
            return STATISTICS;
        }

        @Override
        public Cost cost() {
            return new Cost(0, 0);
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }
}
