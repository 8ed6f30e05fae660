package io.fewshot4j.nn.export;

import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Headed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Conv4 in DeepLearning4J's words, layer by layer, and which of its arrays is which of ours. */
final class Blueprint {
    private static final int KERNEL = 3;

    private final Conv4 network;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    /** The layers from images [n, channels, height, width] to features. */
    Blueprint(Conv4 network) {
        this.network = network;
        for (int block = 0; block < Conv4.BLOCKS; block++) {
            block(block);
        }
        if (network.head() == Conv4.Head.MEAN) {
            layers.add(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
        }
    }

    private void block(int block) {
        add(convolution(), Map.of("conv" + block + ".weight", "W"));
        String norm = "bn" + block;
        add(
                new BatchNormalization.Builder()
                        .eps(network.epsilon())
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
        if (network.pooling() != Conv4.Downsampling.STRIDE) {
            layers.add(pooling());
        }
        layers.add(new ActivationLayer(Activation.RELU));
    }

    private ConvolutionLayer convolution() {
        int stride = network.pooling() == Conv4.Downsampling.STRIDE ? 2 : 1;
        int margin = network.padding() == ConvGeometry.Padding.TORCH ? 1 : 0;
        return new ConvolutionLayer.Builder(KERNEL, KERNEL)
                .stride(stride, stride)
                .padding(margin, margin)
                .convolutionMode(mode(network.padding() == ConvGeometry.Padding.TENSORFLOW))
                .hasBias(false)
                .nOut(network.filters())
                .activation(Activation.IDENTITY)
                .build();
    }

    private SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .convolutionMode(mode(network.pooling() == Conv4.Downsampling.MAX_POOL_SAME))
                .build();
    }

    private static ConvolutionMode mode(boolean same) {
        return same ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    /** Adds the softmax of a linear head. */
    Blueprint withHead(int outputs) {
        add(
                new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(outputs)
                        .activation(Activation.SOFTMAX)
                        .build(),
                Map.of(Headed.WEIGHT, "W", Headed.BIAS, "b"));
        return this;
    }

    private void add(Layer layer, Map<String, String> names) {
        names.forEach((ours, theirs) -> keys.put(ours, layers.size() + "_" + theirs));
        layers.add(layer);
    }

    /** DeepLearning4J's name of each array by ours. */
    Map<String, String> keys() {
        return keys;
    }

    MultiLayerConfiguration configuration(DataType type) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().dataType(type).list();
        layers.forEach(list::layer);
        return list.setInputType(InputType.convolutional(
                        network.image().height(),
                        network.image().width(),
                        network.image().channels()))
                .build();
    }
}
