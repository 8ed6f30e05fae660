package io.fewshot4j.learner.baseline;

import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/** DeepLearning4J's network with arrays of this library's names and shapes. One instance serves one thread. */
final class DeepNetwork implements AutoCloseable {
    private final MultiLayerNetwork network;
    private final Map<String, String> keys;
    private final INDArray flat;
    private final Logits logits = new Logits();

    /** All its arrays are 0. */
    DeepNetwork(Blueprint blueprint, DataType type, IUpdater updater) {
        keys = blueprint.keys();
        MultiLayerConfiguration configuration = blueprint.configuration(type, updater);
        long length = configuration.getConfs().stream()
                .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
                .sum();
        flat = Nd4j.create(type, 1, Math.max(1, length));
        network = new MultiLayerNetwork(configuration);
        network.init(flat, false);
        network.setListeners(logits);
    }

    /** Hears what a forward pass gives to the loss. */
    private static final class Logits extends BaseTrainingListener {
        private double[] values = {};

        @Override
        public void onForwardPass(Model model, List<INDArray> activations) {
            values = Transfer.read(activations.get(activations.size() - 1));
        }
    }

    /** All arrays 0 again. */
    void clear() {
        flat.assign(0);
    }

    /** Takes over those values whose names are chosen and are the network's. */
    void assign(Parameters values, Predicate<String> chosen) {
        values.names().stream()
                .filter(chosen.and(keys::containsKey))
                .forEach(name -> ours(name, network.getParam(key(name))).assign(values.get(name)));
    }

    private String key(String name) {
        return Objects.requireNonNull(keys.get(name));
    }

    /** DeepLearning4J's convolution weights are [out, in, 3, 3], and its rows have two dimensions. */
    private static INDArray ours(String name, INDArray theirs) {
        if (theirs.rank() == 4) {
            return theirs.permute(2, 3, 1, 0);
        }
        return name.equals(Blueprint.HEAD_WEIGHT) ? theirs : theirs.reshape(theirs.length());
    }

    /**
     * What the network gives: probabilities, or features where it has no head.
     *
     * @param batchStatistics whether batch normalisation takes the batch's statistics in place of its running ones
     */
    double[] output(INDArray input, boolean batchStatistics) {
        try (INDArray output = network.output(input, batchStatistics)) {
            return Transfer.read(output);
        }
    }

    /** Computes the gradient of a batch's cross-entropy, summed over its rows, with batch statistics; gives the logits. */
    double[] differentiate(INDArray input, INDArray labels) {
        network.setInput(input);
        network.setLabels(labels);
        network.computeGradientAndScore();
        return logits.values;
    }

    /** Copies what {@link #differentiate} computed for those arrays whose names the target has. */
    void gradient(Parameters target) {
        Gradient gradient = network.gradient();
        for (String name : target.names()) {
            target.get(name).assign(ours(name, gradient.getGradientFor(key(name))));
        }
    }

    /**
     * One step of the updater on the mean cross-entropy, and of running statistics to the batch's.
     *
     * @param step how many came before it
     */
    void step(INDArray input, INDArray labels, int step) {
        differentiate(input, labels);
        int rows = Math.toIntExact(labels.size(0));
        network.getUpdater().update(network, network.gradient(), step, 0, rows, LayerWorkspaceMgr.noWorkspaces());
        flat.subi(network.getGradientsViewArray());
    }

    @Override
    public void close() {
        network.close();
    }
}
