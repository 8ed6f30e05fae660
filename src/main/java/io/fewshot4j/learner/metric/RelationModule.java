package io.fewshot4j.learner.metric;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.graph.Functions;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Value;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.ConvBlock;
import io.fewshot4j.nn.ConvNet;
import io.fewshot4j.nn.Mlp;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.List;

/**
 * Scores pairs of a class's and a query's feature maps. A convolution of maps side by side is the sum of two
 * convolutions, so that the first layer is computed once for each class and once for each query.
 *
 * @param blocks the first takes both maps: the class's channels, then the query's
 */
record RelationModule(ConvNet blocks, int units) {
    private Mlp head() {
        return new Mlp("fc", List.of(blocks.features(), units, 1));
    }

    ParameterLayout layout() {
        return blocks.layout().with(head().layout());
    }

    ParameterLayout statisticsLayout() {
        return blocks.statisticsLayout();
    }

    /** Scores from 0 to 1 for each query and class, [queries, way]. */
    Value scores(Embedded task, BatchNorm norm) {
        int way = task.way();
        int pairs = task.queries() * way;
        ConvBlock first = blocks.blocks().get(0);
        ConvGeometry geometry = geometry(pairs);
        Value ofClasses = convolve(task, classMaps(task), way, 0);
        Value ofQueries = convolve(task, task.query(), task.queries(), 1);
        int positions = geometry.outHeight() * geometry.outWidth();
        Value both = Ops.add(Blocks.repeatRows(ofQueries, positions, way), Blocks.tile(ofClasses, task.queries()));
        Value maps = first.activate(task.weights(), both, geometry, norm, blocks.epsilon());
        Value last = rest(first).forward(task.weights(), maps, pairs, norm);
        Value features = Ops.reshape(last, pairs, blocks.features());
        return Ops.reshape(Functions.sigmoid(head().forward(task.weights(), features)), task.queries(), way);
    }

    /** The sum of each class's support maps, as rows like theirs. */
    private static Value classMaps(Embedded task) {
        Value support = task.support();
        int rows = support.rows() / task.supports();
        Value flat = Ops.reshape(support, task.supports(), rows * support.columns());
        return Ops.reshape(Ops.matmul(task.members(), flat), task.way() * rows, support.columns());
    }

    /** Convolves with the first block's weights of one half of its input channels. */
    private Value convolve(Embedded task, Value maps, int images, int half) {
        ConvBlock first = blocks.blocks().get(0);
        Value both = Lookup.in(task.weights(), "conv" + first.number() + ".weight");
        int area = both.rows() / first.channels();
        int length = both.columns() * maps.columns();
        Value weight = Blocks.columns(Ops.reshape(both, area, 2 * length), half * length, (half + 1) * length);
        return Ops.convolve(maps, Ops.reshape(weight, area * maps.columns(), both.columns()), geometry(images));
    }

    private ConvGeometry geometry(int images) {
        ConvBlock first = blocks.blocks().get(0);
        return new ConvGeometry(
                images,
                blocks.height(),
                blocks.width(),
                first.channels() / 2,
                first.filters(),
                first.kernel(),
                first.stride(),
                first.padding());
    }

    private ConvNet rest(ConvBlock first) {
        ConvNet before = new ConvNet(blocks.height(), blocks.width(), blocks.epsilon(), List.of(first));
        List<ConvBlock> others = blocks.blocks().subList(1, blocks.blocks().size());
        return new ConvNet(before.outHeight(), before.outWidth(), blocks.epsilon(), others);
    }
}
