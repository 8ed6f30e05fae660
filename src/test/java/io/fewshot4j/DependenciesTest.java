package io.fewshot4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.datavec.api.io.labels.ParentPathLabelGenerator;
import org.datavec.api.split.FileSplit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The build leaves out much of what the libraries ask for; what is used of them must still work. */
final class DependenciesTest {
    @Test
    void a_multi_layer_network_learns() {
        var configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.05))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(2)
                        .nOut(8)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        DataSet exclusiveOr = new DataSet(
                Nd4j.createFromArray(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}),
                Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}}));
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        for (int i = 0; i < 200; i++) {
            network.fit(exclusiveOr);
        }

        assertThat(network.predict(exclusiveOr.getFeatures())).containsExactly(0, 1, 1, 0);
    }

    @Test
    void datavec_lists_files_with_their_folder_as_label(@TempDir Path folder) throws IOException {
        Path image = Files.createDirectory(folder.resolve("alpha")).resolve("1.png");
        Files.createFile(image);

        URI[] found = new FileSplit(folder.toFile(), new String[] {"png"}, new Random(1)).locations();

        assertThat(found).containsExactly(image.toUri());
        assertThat(new ParentPathLabelGenerator().getLabelForPath(found[0])).hasToString("alpha");
    }
}
