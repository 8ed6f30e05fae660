package io.fewshot4j.learner;

import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Network;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Features of images by a trained network. */
public final class Features implements AutoCloseable {
    private static final String OUTPUT = "features";

    private final Network body;
    private final DataType type;
    private final Compiled compiled;

    private record Forward(int images, BatchStatistics statistics) {}

    /** Features by the arrays of a model, which stays the caller's; it may have others beside them. */
    public Features(Network body, Model model) {
        this.body = body;
        this.type = model.type();
        this.compiled = new Compiled(model.parameters(), model.statistics());
    }

    /** The features as rows, each an image of a {@link FeatureRows}, under the images' labels. */
    public LabelledImages of(LabelledImages images, BatchStatistics statistics) {
        Executor executor =
                compiled.get(new Forward(images.count(), statistics), () -> program(set(images.count()), statistics));
        set(images.count()).feed(executor, List.of(images));
        executor.run();
        double[] values = Transfer.read(executor.output(OUTPUT));
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return new FeatureRows(narrow.length / images.count()).examples(narrow, images.labels());
    }

    private SetInput set(int images) {
        return new SetInput("images", images, body::encoding, 1);
    }

    private Program program(SetInput set, BatchStatistics statistics) {
        Graph graph = new Graph();
        BatchNorm norm = statistics == BatchStatistics.BATCH
                ? BatchNorm.batch()
                : BatchNorm.running(graph.inputs(body.statisticsLayout()));
        Value features = body.forward(graph.inputs(body.layout()), set.images(graph), set.count(), norm);
        return Program.of(Map.of(OUTPUT, features), type);
    }

    @Override
    public void close() {
        compiled.close();
    }
}
