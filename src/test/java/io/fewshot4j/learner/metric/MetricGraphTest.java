package io.fewshot4j.learner.metric;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.graph.SameBits;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Shapes;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.KochSettings;
import io.fewshot4j.options.Settings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricGraphTest {
    private static final Map<String, MetricSpec<?>> LEARNERS = Map.of(
            "protonet",
            new ProtoNet(),
            "matching",
            new Matching(),
            "relation",
            new Relation(),
            "siamese",
            new Siamese());

    @ParameterizedTest
    @CsvSource({
        "protonet, filters=3 pooling=stride, 9",
        "protonet, filters=3, 17",
        "protonet, filters=3 distance=cosine, 16",
        "matching, filters=3, 16",
        "matching, filters=3 full-context=true, 16",
        "matching, filters=3 full-context=true reading=added scoring=cosine-sums, 16",
        "relation, filters=2, 22",
        "relation, filters=2 relation-padding=none, 48",
        "siamese, filters=3 pooling=stride, 9",
        "siamese, filters=3 several-shots=largest, 16",
        "siamese, network=koch, 68"
    })
    void programs_have_the_sessions_bits(String learner, String settings, int imageSize) {
        MetricSpec<?> spec = Objects.requireNonNull(LEARNERS.get(learner));
        TaskShape shape = shape(spec, settings, imageSize);
        Metric metric = metric(spec, settings, shape);

        SameBits.require(type -> MetricGraph.metaGradient(metric, shape, type), 1);
        SameBits.require(type -> MetricGraph.metaGradient(metric, shape.withTasksPerGraph(2), type), 1);
        for (BatchStatistics statistics : BatchStatistics.values()) {
            MetricGraph.Size size = new MetricGraph.Size(3, 4, 2);
            SameBits.require(type -> MetricGraph.forward(metric, size, 1, statistics, type), 2);
            SameBits.require(type -> MetricGraph.forward(metric, size, 3, statistics, type), 2);
        }
    }

    private static TaskShape shape(MetricSpec<?> spec, String settings, int imageSize) {
        EpisodeShape episode = new EpisodeShape(3, 2, 1);
        ImageShape image = new ImageShape(imageSize, imageSize, 1);
        return settings.contains("network=koch")
                ? TaskShape.of(new KochSettings(1, 5).network(image), episode)
                : Shapes.of(spec, image, episode, settings.split(" "));
    }

    private static <S extends Record> Metric metric(MetricSpec<S> spec, String settings, TaskShape shape) {
        return spec.metric(Settings.parse(List.of(settings.split(" "))).bind(spec.defaults()), shape);
    }
}
