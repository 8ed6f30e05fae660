package io.fewshot4j.nn.export;

import io.fewshot4j.FewShotException;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.tensor.Parameters;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DeepLearning4J's networks of a trained {@link Conv4}, with copies of its arrays. They take images [n, channels,
 * height, width], where this library has channels last. DeepLearning4J saves and loads them:
 *
 * <pre>{@code
 * MultiLayerNetwork network = DeepNetworks.classifier(conv4, model.parameters(), model.statistics());
 * ModelSerializer.writeModel(network, new File("conv4.zip"), false);
 * MultiLayerNetwork again = ModelSerializer.restoreMultiLayerNetwork(new File("conv4.zip"));
 * }</pre>
 */
public final class DeepNetworks {
    private DeepNetworks() {}

    /**
     * A network that gives features: [n, filters], or with {@link Conv4.Head#FLATTEN} the last feature maps [n,
     * filters, height, width].
     *
     * @param parameters that have the network's arrays; others are left out
     * @param statistics running means and variances of its batch normalisations
     * @throws FewShotException if there are no running statistics
     */
    public static MultiLayerNetwork features(Conv4 network, Parameters parameters, Parameters statistics) {
        return filled(network, new Blueprint(network), parameters, statistics);
    }

    /**
     * A network that gives the probability of each class, [n, classes], by the linear head {@code fc.weight},
     * {@code fc.bias}.
     *
     * @param parameters that have the network's arrays and the head's; others are left out
     * @param statistics running means and variances of its batch normalisations
     * @throws FewShotException if there are no running statistics or there is no linear head
     */
    public static MultiLayerNetwork classifier(Conv4 network, Parameters parameters, Parameters statistics) {
        if (!parameters.names().contains(Headed.BIAS)) {
            throw new FewShotException("parameters must have a linear head " + Headed.WEIGHT + " and " + Headed.BIAS
                    + ", got none; take the features instead");
        }
        int outputs = Math.toIntExact(parameters.get(Headed.BIAS).length());
        return filled(network, new Blueprint(network).withHead(outputs), parameters, statistics);
    }

    /** DeepLearning4J's name of each array, such as {@code 0_W}, by ours; the head's too. */
    public static Map<String, String> names(Conv4 network) {
        return Map.copyOf(new Blueprint(network).withHead(1).keys());
    }

    private static MultiLayerNetwork filled(
            Conv4 network, Blueprint blueprint, Parameters parameters, Parameters statistics) {
        if (statistics.names().isEmpty()) {
            throw new FewShotException("statistics must be running means and variances, got none;"
                    + " train by a learner that keeps them, such as baseline or protonet");
        }
        MultiLayerNetwork deep = empty(blueprint.configuration(parameters.flat().dataType()));
        blueprint.keys().forEach((ours, theirs) -> {
            INDArray target = deep.getParam(theirs);
            if (network.statisticsLayout().shapes().containsKey(ours)) {
                target.assign(statistics.get(ours));
            } else if (theirs.endsWith("gamma") && !network.gain()) {
                target.assign(1);
            } else {
                target.assign(turned(network, parameters.get(ours), ours));
            }
        });
        return deep;
    }

    /** A network of zeros: DeepLearning4J's first values would be drawn from a global state. */
    private static MultiLayerNetwork empty(MultiLayerConfiguration configuration) {
        long length = configuration.getConfs().stream()
                .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
                .sum();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(Nd4j.create(Objects.requireNonNull(configuration.getDataType()), 1, length), false);
        return network;
    }

    /**
     * An array in DeepLearning4J's order: convolutions [out, in, 3, 3], rows of a head by channel and then by position.
     */
    private static INDArray turned(Conv4 network, INDArray array, String name) {
        if (array.rank() == 4) {
            return array.permute(3, 2, 0, 1);
        }
        if (!name.equals(Headed.WEIGHT)) {
            return array;
        }
        long positions = network.features() / network.filters();
        long outputs = array.size(1);
        return array.reshape('c', positions, network.filters(), outputs)
                .permute(1, 0, 2)
                .reshape('c', array.size(0), outputs);
    }
}
