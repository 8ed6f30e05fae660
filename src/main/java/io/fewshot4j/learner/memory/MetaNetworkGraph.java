package io.fewshot4j.learner.memory;

import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Program;
import io.fewshot4j.graph.Value;
import io.fewshot4j.learner.MetaProgram;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.nn.Losses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** The programs of {@link MetaNetwork}, whose inputs they add the targets of "query" to. */
final class MetaNetworkGraph {
    private MetaNetworkGraph() {}

    private record Answers(MetaNetwork.Task task, Value logits, Value labels) {
        static Answers of(MetaNetwork network, TaskShape shape, Graph graph, MetaNetwork.Seen seen) {
            int queries = shape.episode().querySize();
            MetaNetwork.Task task = new MetaNetwork.Task(
                    graph, graph.inputs(network.layout()), shape.episode().supportSize(), queries, seen);
            return new Answers(
                    task, network.logits(task), network.set("query", queries).targets(graph));
        }

        Value loss() {
            return Losses.crossEntropy(logits, labels);
        }
    }

    private static MetaNetwork.Seen seen(MetaNetwork network) {
        return (name, gradient) -> network.settings().order() == 1 ? Ops.detach(gradient) : gradient;
    }

    /** The loss of the queries: see {@link MetaProgram}. */
    static Program metaGradient(MetaNetwork network, TaskShape shape, DataType type) {
        Graph graph = new Graph(shape.tasksPerGraph());
        Answers answers = Answers.of(network, shape, graph, seen(network));
        Value accuracy = Losses.accuracy(answers.logits, answers.labels, answers.task.queries());
        return MetaProgram.of(graph, answers.task.weights(), answers.loss(), Optional.of(accuracy), Map.of(), type);
    }

    /** The gradients of the support losses, by name. */
    static Program gradients(MetaNetwork network, TaskShape shape, DataType type) {
        Map<String, Value> gradients = new LinkedHashMap<>();
        Answers.of(network, shape, new Graph(), (name, gradient) -> {
            gradients.put(name, gradient);
            return gradient;
        });
        return Program.of(gradients, type);
    }

    /** The loss of the queries ("loss"); with order 1 the gradients of the support losses are inputs. */
    static Program loss(MetaNetwork network, TaskShape shape, DataType type) {
        Graph graph = new Graph();
        MetaNetwork.Seen given = network.settings().order() == 1
                ? (name, gradient) -> graph.taskInput(name, gradient.rows(), gradient.columns())
                : seen(network);
        return Program.of(
                Map.of("loss", Answers.of(network, shape, graph, given).loss()), type);
    }

    /** Logits ("logits") of queries. */
    static Program forward(MetaNetwork network, int support, int queries, DataType type) {
        Graph graph = new Graph();
        MetaNetwork.Task task =
                new MetaNetwork.Task(graph, graph.inputs(network.layout()), support, queries, seen(network));
        return Program.of(Map.of("logits", network.logits(task)), type);
    }
}
