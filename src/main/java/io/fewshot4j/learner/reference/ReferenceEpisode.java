package io.fewshot4j.learner.reference;

import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Shape;
import io.fewshot4j.graph.Value;
import io.fewshot4j.graph.runtime.Executor;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.nn.Headed;
import io.fewshot4j.nn.ImageEncoding;
import io.fewshot4j.nn.InnerLoop;
import io.fewshot4j.nn.Losses;
import io.fewshot4j.tensor.Transfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One MAML episode, from arrays in PyTorch's layouts (images [n, c, h, w], convolution weights [out, in, 3, 3],
 * head [way, features] channel-major) to every figure that an independent implementation can be compared with.
 */
public final class ReferenceEpisode {
    private final ReferenceCase episode;
    private final DataType type;
    private final Conv4 network;
    private final int way;
    private final int steps;
    private final Map<String, Value> weights = new LinkedHashMap<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();

    private ReferenceEpisode(ReferenceCase episode, DataType type) {
        this.episode = episode;
        this.type = type;
        network = episode.network();
        way = episode.way();
        steps = episode.steps();
    }

    /**
     * The figures of a case, in double, by the names of the case's description: losses, logits, {@code grad.*} and
     * {@code adapted.*}. The caller closes them.
     *
     * @param type in which they are computed, FLOAT or DOUBLE
     * @throws io.fewshot4j.FewShotException if an array is missing, or of the wrong type or shape, or holds what it
     *     must not
     */
    public static Map<String, INDArray> compute(Map<String, INDArray> episode, DataType type) {
        return new ReferenceEpisode(ReferenceCase.of(episode), type).compute();
    }

    private Map<String, INDArray> compute() {
        build();
        Program program = Program.of(outputs, type);
        Map<String, INDArray> bound = new LinkedHashMap<>();
        weights.forEach((name, value) -> bound.put(name, toMatrix(name, episode.array(name), value.shape())));
        bound.put("rate", Nd4j.valueArrayOf(new long[] {1, 1}, episode.learningRate(), type));
        try (Executor executor = Executor.of(program, bound)) {
            feed(executor, "support");
            feed(executor, "query");
            executor.run();
            return results(executor);
        }
    }

    private void build() {
        Graph graph = new Graph();
        weights.putAll(graph.inputs(new Headed(network, way).layout()));
        Value rate = graph.input("rate", 1, 1);
        Value supportLabels = graph.input("support_y", episode.count("support"), way);
        InnerLoop loop = new InnerLoop(name -> true, InnerLoop.gradientDescent(rate), episode.secondOrder());
        InnerLoop.Trajectory adaptation =
                loop.unroll(weights, steps, w -> Losses.crossEntropy(logits(graph, w, "support"), supportLabels));
        output(graph, adaptation, rate);
    }

    private void output(Graph graph, InnerLoop.Trajectory adaptation, Value rate) {
        Value labels = graph.input("query_y", episode.count("query"), way);
        Value logits = logits(graph, adaptation.last(), "query");
        Value before = logits(graph, weights, "query");
        Value loss = Losses.crossEntropy(logits, labels);
        outputs.put("meta_loss", loss);
        outputs.put("query_logits", logits);
        outputs.put("pre_query_logits", before);
        outputs.put("pre_query_loss", Losses.crossEntropy(before, labels));
        outputs.put("support_logits_post", logits(graph, adaptation.last(), "support"));
        for (int step = 0; step < steps; step++) {
            outputs.put("support_loss" + step, adaptation.losses().get(step));
        }
        List<Value> wrt = new ArrayList<>(weights.values());
        wrt.add(rate);
        List<Value> gradients = Gradients.of(loss, wrt);
        List<String> names = new ArrayList<>(weights.keySet());
        for (int i = 0; i < names.size(); i++) {
            outputs.put("grad." + names.get(i), gradients.get(i));
            outputs.put("adapted." + names.get(i), adaptation.last().get(names.get(i)));
        }
        outputs.put("grad_inner_lr", gradients.get(names.size()));
    }

    private Value logits(Graph graph, Map<String, Value> w, String set) {
        int images = episode.count(set);
        ImageEncoding rows = network.encoding(graph.tasks());
        Value input = graph.taskInput(set + "_x", images * rows.rows(), rows.columns());
        return new Headed(network, way).forward(w, input, images, BatchNorm.batch());
    }

    private void feed(Executor executor, String set) {
        INDArray images = episode.array(set + "_x")
                .castTo(DataType.DOUBLE)
                .permute(0, 2, 3, 1)
                .dup('c');
        Transfer.write(network.blocks().patches().of(images.data().asDouble()), executor.input(set + "_x"));
        double[] oneHot = new double[episode.count(set) * way];
        for (int i = 0; i < episode.count(set); i++) {
            oneHot[i * way + episode.label(set, i)] = 1;
        }
        Transfer.write(oneHot, executor.input(set + "_y"));
    }

    private Map<String, INDArray> results(Executor executor) {
        Map<String, INDArray> results = new LinkedHashMap<>();
        INDArray losses = Nd4j.create(DataType.DOUBLE, steps);
        for (String name : outputs.keySet()) {
            INDArray value = executor.output(name).dup('c').castTo(DataType.DOUBLE);
            if (name.startsWith("support_loss") && !name.equals("support_logits_post")) {
                losses.putScalar(Long.parseLong(name.substring("support_loss".length())), value.getDouble(0));
            } else if (name.startsWith("grad.") || name.startsWith("adapted.")) {
                results.put(name, fromMatrix(name.substring(name.indexOf('.') + 1), value));
            } else {
                results.put(name, value.length() == 1 ? Nd4j.scalar(DataType.DOUBLE, value.getDouble(0)) : value);
            }
        }
        results.put("support_losses", losses);
        results.put("query_accuracy", accuracy(Lookup.in(results, "query_logits")));
        results.put("pre_query_accuracy", accuracy(Lookup.in(results, "pre_query_logits")));
        addConvolutionBiases(results);
        return results;
    }

    /** A bias before batch normalisation has no effect: its gradient is 0 and it stays what it was. */
    private void addConvolutionBiases(Map<String, INDArray> results) {
        for (int block = 0; block < Conv4.BLOCKS; block++) {
            String name = "conv" + block + ".bias";
            results.put("grad." + name, Nd4j.create(DataType.DOUBLE, network.filters()));
            results.put("adapted." + name, episode.array(name).dup('c'));
        }
    }

    private INDArray accuracy(INDArray logits) {
        INDArray predicted = logits.argMax(1);
        int right = 0;
        for (int i = 0; i < episode.count("query"); i++) {
            right += predicted.getInt(i) == episode.label("query", i) ? 1 : 0;
        }
        return Nd4j.scalar(DataType.DOUBLE, (double) right / episode.count("query"));
    }

    private INDArray toMatrix(String name, INDArray array, Shape shape) {
        INDArray typed = array.castTo(type);
        INDArray turned = typed;
        if (name.startsWith("conv")) {
            turned = typed.permute(2, 3, 1, 0);
        } else if (name.equals("fc.weight")) {
            turned = typed.reshape('c', way, network.filters(), network.features() / network.filters())
                    .permute(2, 1, 0);
        }
        return turned.dup('c').reshape('c', shape.rows(), shape.columns());
    }

    private INDArray fromMatrix(String name, INDArray matrix) {
        INDArray original = episode.array(name);
        INDArray turned = matrix;
        if (name.startsWith("conv")) {
            turned = matrix.reshape('c', 3, 3, original.size(1), original.size(0))
                    .permute(3, 2, 0, 1);
        } else if (name.equals("fc.weight")) {
            turned = matrix.reshape('c', network.features() / network.filters(), network.filters(), way)
                    .permute(2, 1, 0);
        }
        return turned.dup('c').reshape('c', original.shape());
    }
}
