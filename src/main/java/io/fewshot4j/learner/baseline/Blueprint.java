package io.fewshot4j.learner.baseline;

import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.nn.Conv4;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A network in DeepLearning4J's words, layer by layer, and which of its arrays is which of ours. */
final class Blueprint {
    /** Share of a batch's statistics in the running ones, at a step of fine-tuning. */
    static final double STATISTICS_SHARE = 0.1;

    static final String HEAD_WEIGHT = "fc.weight";
    static final String HEAD_BIAS = "fc.bias";

    private static final int KERNEL = 3;

    private final InputType input;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    private Blueprint(InputType input) {
        this.input = input;
    }

    /** Conv4 from images [n, channels, height, width] to its features. */
    static Blueprint of(Conv4 body) {
        Blueprint blueprint = new Blueprint(InputType.convolutional(
                body.image().height(), body.image().width(), body.image().channels()));
        for (int block = 0; block < Conv4.BLOCKS; block++) {
            blueprint.block(body, block);
        }
        if (body.head() == Conv4.Head.MEAN) {
            blueprint.layers.add(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
        }
        return blueprint;
    }

    /** Nothing yet, on rows of features. */
    static Blueprint ofFeatures(int features) {
        return new Blueprint(InputType.feedForward(features));
    }

    private void block(Conv4 body, int block) {
        boolean pools = body.pooling() == Conv4.Downsampling.MAX_POOL;
        int stride = pools ? 1 : 2;
        int margin = body.padding() == ConvGeometry.Padding.TORCH ? 1 : 0;
        add(
                new ConvolutionLayer.Builder(KERNEL, KERNEL)
                        .stride(stride, stride)
                        .padding(margin, margin)
                        .convolutionMode(
                                body.padding() == ConvGeometry.Padding.TENSORFLOW
                                        ? ConvolutionMode.Same
                                        : ConvolutionMode.Truncate)
                        .hasBias(false)
                        .nOut(body.filters())
                        .activation(Activation.IDENTITY)
                        .build(),
                Map.of("conv" + block + ".weight", "W"));
        String norm = "bn" + block;
        add(
                new BatchNormalization.Builder()
                        .eps(body.epsilon())
                        .decay(1 - STATISTICS_SHARE)
                        .useLogStd(false)
                        .build(),
                Map.of(
                        norm + ".weight",
                        "gamma",
                        norm + ".bias",
                        "beta",
                        norm + ".mean",
                        "mean",
                        norm + ".variance",
                        "var"));
        if (pools) {
            layers.add(new SubsamplingLayer.Builder(PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .build());
        }
        layers.add(new ActivationLayer(Activation.RELU));
    }

    /** Logits of a linear head, and their cross-entropy. */
    Blueprint withHead(int outputs) {
        add(
                new DenseLayer.Builder()
                        .nOut(outputs)
                        .activation(Activation.IDENTITY)
                        .build(),
                Map.of(HEAD_WEIGHT, "W", HEAD_BIAS, "b"));
        LossLayer loss = new LossLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .build();
        loss.setNOut(outputs); // it would warn of an unknown size
        layers.add(loss);
        return this;
    }

    /** Whether an array is not the head's. */
    static boolean isBody(String name) {
        return !name.equals(HEAD_WEIGHT) && !name.equals(HEAD_BIAS);
    }

    private void add(Layer layer, Map<String, String> names) {
        names.forEach((ours, theirs) -> keys.put(ours, layers.size() + "_" + theirs));
        layers.add(layer);
    }

    /** DeepLearning4J's name of each array by ours. */
    Map<String, String> keys() {
        return keys;
    }

    /**
     * Without workspaces, which gain nothing here and of which ND4J forgets none.
     *
     * @param updater the rule of {@link DeepNetwork#step}
     */
    MultiLayerConfiguration configuration(DataType type, IUpdater updater) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(type)
                .updater(updater)
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list();
        layers.forEach(list::layer);
        return list.setInputType(input).build();
    }

    /** What the gradient of a batch takes: the forward pass, and about twice that backward; the memory as DeepLearning4J reports it. */
    Cost cost(DataType type, int images) {
        MultiLayerConfiguration configuration = configuration(type, new NoOp());
        List<InputType> outputs = configuration.getLayerActivationTypes(input);
        double operations = 0;
        for (int i = 0; i < layers.size(); i++) {
            NeuralNetConfiguration layer = configuration.getConf(i);
            long weights = layers.get(i) instanceof BatchNormalization
                    ? 0
                    : layer.getLayer().initializer().numParams(layer);
            double positions = outputs.get(i) instanceof InputType.InputTypeConvolutional map
                    ? (double) map.getHeight() * map.getWidth()
                    : 1;
            operations += 3 * 2 * positions * weights * images;
        }
        long bytes = configuration
                .getMemoryReport(input)
                .getTotalMemoryBytes(images, MemoryUseMode.TRAINING, CacheMode.NONE, type);
        return new Cost(operations, bytes);
    }
}
