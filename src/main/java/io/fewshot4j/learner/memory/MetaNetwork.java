package io.fewshot4j.learner.memory;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Columns;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.SetInput;
import io.fewshot4j.nn.Attention;
import io.fewshot4j.nn.Losses;
import io.fewshot4j.nn.LstmCell;
import io.fewshot4j.nn.Mlp;
import io.fewshot4j.tensor.ParameterLayout;
import io.fewshot4j.tensor.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * An embedding and a base learner with slow weights, and what makes fast weights of gradients: an LSTM over the
 * embedding's gradients on parts of the support set, a perceptron of the base learner's gradient on each support image.
 * Convolutions and connected layers have one each, whose parameters all coordinates share.
 */
record MetaNetwork(MetaNetworks.Settings settings, ImageShape image, int way) {
    private static final double P = 7;
    private static final double EPSILON = 1e-8;
    /** Convolutions' fast weights begin small: what all coordinates share would otherwise grow from layer to layer. */
    private static final double FIRST_SCALE = 0.01;

    /** Change of a gradient before anything is made of it. */
    @FunctionalInterface
    interface Seen {
        /** The gradient of a support loss by the weights of a group, a column, as it is used. */
        Value of(String name, Value gradient);
    }

    /** Labelled support images and queries of a task. */
    record Task(Graph graph, Map<String, Value> weights, int support, int queries, Seen seen) {}

    private FastNetwork embedding() {
        return network("key");
    }

    private FastNetwork base() {
        return network("base");
    }

    private FastNetwork network(String name) {
        return new FastNetwork(name, image, settings.filters(), settings.blocks(), way);
    }

    /** A set of examples as inputs of a graph. */
    SetInput set(String name, int count) {
        return new SetInput(name, count, base().first()::encoding, way);
    }

    private static List<ParameterLayout> groups(FastNetwork network) {
        return List.of(network.convolutions(), network.connected());
    }

    private LstmCell cell(int group) {
        return new LstmCell("key.meta" + group, 2, settings.metaHidden());
    }

    private Mlp head(int group) {
        return new Mlp("key.head" + group + ".", List.of(settings.metaHidden(), 1));
    }

    private Mlp perceptron(int group) {
        return new Mlp("base.meta" + group + ".", List.of(2, settings.metaHidden(), settings.metaHidden(), 1));
    }

    ParameterLayout layout() {
        ParameterLayout layout = ParameterLayout.none();
        for (FastNetwork network : List.of(embedding(), base())) {
            layout = layout.with(network.convolutions()).with(network.connected());
        }
        for (int group = 0; group < 2; group++) {
            layout = layout.with(cell(group).layout())
                    .with(head(group).layout())
                    .with(perceptron(group).layout());
        }
        return layout;
    }

    void initialise(Parameters parameters, Random random) {
        embedding().initialise(parameters, random);
        base().initialise(parameters, random);
        for (int group = 0; group < 2; group++) {
            cell(group).initialise(parameters, random);
            head(group).initialise(parameters, random);
            perceptron(group).initialise(parameters, random);
        }
        parameters.get(head(0).name() + "0.weight").muli(FIRST_SCALE);
        parameters.get(perceptron(0).name() + "2.weight").muli(FIRST_SCALE);
    }

    /** Logits [queries, way] of the set "query", from the labelled set "support". */
    Value logits(Task task) {
        Value support = set("support", task.support).images(task.graph);
        Value query = set("query", task.queries).images(task.graph);
        Value labels = set("support", task.support).targets(task.graph);
        FastWeights ofEmbedding = FastWeights.shared(embeddingWeights(task, support, labels));
        FastNetwork.Weights embeddings = new FastNetwork.Weights(task.weights, Optional.of(ofEmbedding));
        Value keys = embedding().embedding(embeddings, support, task.support);
        Value asked = embedding().embedding(embeddings, query, task.queries);
        Value sharpness = task.graph.filled(1, 1, settings.sharpness());
        Value attention = Ops.softmax(Attention.scores(asked, keys, sharpness, EPSILON));
        FastWeights read = new FastWeights(memories(task, support, labels), Optional.of(attention));
        return base().logits(new FastNetwork.Weights(task.weights, Optional.of(read)), query, task.queries);
    }

    private static Value images(Value all, int count, int from, int to) {
        int rows = all.rows() / count;
        return Blocks.rows(all, from * rows, to * rows);
    }

    /** The embedding's fast weights. */
    private Map<String, Value> embeddingWeights(Task task, Value support, Value labels) {
        int batches = Math.min(settings.embeddingBatches(), task.support);
        List<List<Value>> gradients = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            int from = batch * task.support / batches;
            int to = (batch + 1) * task.support / batches;
            gradients.add(gradients(task, embedding(), support, labels, from, to));
        }
        List<Value> columns = new ArrayList<>();
        for (int group = 0; group < 2; group++) {
            LstmCell.State state =
                    cell(group).zeros(task.graph, gradients.get(0).get(group).rows());
            for (List<Value> batch : gradients) {
                state = cell(group).step(task.weights, Functions.logAndSign(batch.get(group), P), state);
            }
            columns.add(head(group).forward(task.weights, state.h()));
        }
        return parts(embedding(), columns, task);
    }

    /** The base learner's fast weights of each support image. */
    private List<Map<String, Value>> memories(Task task, Value support, Value labels) {
        List<Map<String, Value>> memories = new ArrayList<>();
        for (int i = 0; i < task.support; i++) {
            List<Value> gradients = gradients(task, base(), support, labels, i, i + 1);
            List<Value> columns = new ArrayList<>();
            for (int group = 0; group < 2; group++) {
                Value pairs = Functions.logAndSign(gradients.get(group), P);
                columns.add(perceptron(group).forward(task.weights, pairs));
            }
            memories.add(parts(base(), columns, task));
        }
        return memories;
    }

    /** Gradients by a network's slow weights of the loss of some support images: a column for each group. */
    private List<Value> gradients(Task task, FastNetwork network, Value support, Value labels, int from, int to) {
        FastNetwork.Weights slow = new FastNetwork.Weights(task.weights, Optional.empty());
        Value logits = network.logits(slow, images(support, task.support, from, to), to - from);
        Value loss = Losses.crossEntropy(logits, Blocks.rows(labels, from, to));
        List<Value> columns = new ArrayList<>();
        for (ParameterLayout group : groups(network)) {
            List<String> names = FastNetwork.names(group);
            List<Value> gradients = Gradients.of(
                    loss,
                    names.stream().map(name -> Lookup.in(task.weights, name)).toList());
            String name = "gradient-" + names.get(0) + "-" + from;
            columns.add(task.seen.of(name, Columns.join(gradients)));
        }
        return columns;
    }

    private static Map<String, Value> parts(FastNetwork network, List<Value> columns, Task task) {
        Map<String, Value> fast = new LinkedHashMap<>();
        for (int group = 0; group < 2; group++) {
            List<String> names = FastNetwork.names(groups(network).get(group));
            List<Value> like =
                    names.stream().map(name -> Lookup.in(task.weights, name)).toList();
            List<Value> parts = Columns.split(columns.get(group), like);
            for (int i = 0; i < names.size(); i++) {
                fast.put(names.get(i), parts.get(i));
            }
        }
        return fast;
    }
}
