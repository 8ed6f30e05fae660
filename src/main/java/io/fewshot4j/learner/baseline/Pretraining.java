package io.fewshot4j.learner.baseline;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** Telling all training classes apart: a task's images, support and queries alike, are one batch, whose labels are the numbers of its classes. */
final class Pretraining implements AutoCloseable {
    private final Model model;
    private final DataType type;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final DeepNetwork network;

    Pretraining(Conv4 body, List<String> classes, Model model) {
        this.model = model;
        this.type = model.type();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        this.network = new DeepNetwork(Blueprint.of(body).withHead(classes.size()), type, new NoOp());
    }

    /** Of one task. */
    MetaGradient gradient(Episode task) {
        int[] labels = labels(task);
        network.assign(model.parameters(), name -> true);
        try (INDArray images = Batch.images(type, List.of(task.support(), task.query()));
                INDArray oneHot = Batch.oneHot(type, labels, numbers.size())) {
            Scores scores = Scores.ofLogits(numbers.size(), network.differentiate(images, oneHot));
            return result(scores, labels);
        }
    }

    private int[] labels(Episode task) {
        return Stream.of(task.support(), task.query())
                .map(LabelledImages::labels)
                .flatMapToInt(IntStream::of)
                .map(label -> number(task.classNames().get(label)))
                .toArray();
    }

    private int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("a task must be of training classes, got one of " + name);
        }
        return number;
    }

    private MetaGradient result(Scores scores, int[] labels) {
        Parameters gradient = Parameters.zeros(model.parameters().layout(), type);
        Parameters statistics = Parameters.zeros(model.statistics().layout(), type);
        network.gradient(gradient);
        network.gradient(statistics);
        gradient.flat().divi(labels.length);
        // what DeepLearning4J subtracts from running statistics, which are 0 here: a share of the batch's
        statistics.flat().divi(-Blueprint.STATISTICS_SHARE);
        double loss = isFinite(gradient) ? scores.loss(labels) : Double.NaN;
        return new MetaGradient(1, loss, scores.accuracy(labels), gradient, statistics);
    }

    private static boolean isFinite(Parameters gradient) {
        try (INDArray sum = gradient.flat().sum()) {
            return Double.isFinite(Transfer.read(sum)[0]);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
