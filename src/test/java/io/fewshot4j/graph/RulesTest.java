package io.fewshot4j.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.nn.Attention;
import io.fewshot4j.nn.BatchNorm;
import io.fewshot4j.nn.Distances;
import io.fewshot4j.nn.Losses;
import io.fewshot4j.nn.LstmCell;
import io.fewshot4j.nn.Mlp;
import io.fewshot4j.nn.SteinUpdate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation's gradient, and the gradient of its gradient, against central differences. */
final class RulesTest {
    private static final double LIMIT = 1e-6;
    private static final Shape FULL = new Shape(3, 4);
    private static final Shape ROW = new Shape(1, 4);
    private static final Shape COLUMN = new Shape(3, 1);
    private static final Shape SCALAR = new Shape(1, 1);

    @ParameterizedTest
    @MethodSource({"rules", "convolutions"})
    void first_order(RuleCase rule) {
        assertThat(RuleCheck.first(rule)).isLessThan(LIMIT);
    }

    @ParameterizedTest
    @MethodSource({"rules", "convolutions"})
    void second_order(RuleCase rule) {
        assertThat(RuleCheck.second(rule)).isLessThan(LIMIT);
    }

    @ParameterizedTest
    @MethodSource({"rules", "convolutions"})
    void the_executor_has_the_sessions_bits(RuleCase rule) {
        SameBits.require(type -> Program.of(RuleCheck.firstOrder(rule, new Graph()), type), 1);
    }

    /** All but convolutions, whose form depends on the number of tasks. */
    static Stream<RuleCase> rules() {
        return Stream.of(
                        elementwise(),
                        functions(),
                        products(),
                        inverses(),
                        shapes(),
                        slices(),
                        repetitions(),
                        softmax(),
                        pooling(),
                        normalization(),
                        composites())
                .flatMap(cases -> cases);
    }

    private static Stream<RuleCase> elementwise() {
        Stream<RuleCase> pairs = Arrays.stream(Elementwise.values())
                .flatMap(op -> Stream.of(FULL, ROW, COLUMN, SCALAR).map(other -> RuleCase.of(op, FULL, other)));
        Stream<RuleCase> powers = Stream.of(-0.5, 2.0, 3.0)
                .map(exponent ->
                        new RuleCase("power " + exponent, true, List.of(FULL), x -> Ops.power(x.get(0), exponent)));
        Stream<RuleCase> others = Stream.of(
                RuleCase.of(new Scale(-1.5), FULL),
                RuleCase.of(new Rectifier.Relu(), FULL),
                RuleCase.of("a square", List.of(FULL), x -> Ops.multiply(x.get(0), x.get(0))));
        return Stream.of(pairs, powers, others).flatMap(cases -> cases);
    }

    private static Stream<RuleCase> functions() {
        return Stream.of(
                RuleCase.of(Curve.SIGMOID, FULL),
                RuleCase.of(Curve.TANH, FULL),
                RuleCase.of(Curve.EXP, FULL),
                new RuleCase("logarithm", true, List.of(FULL), x -> Functions.log(x.get(0))),
                RuleCase.of("magnitude", List.of(FULL), x -> Functions.absolute(x.get(0))),
                RuleCase.of("sign", List.of(FULL), x -> Functions.sign(x.get(0))));
    }

    private static Stream<RuleCase> products() {
        Shape turned = new Shape(4, 3);
        Shape other = new Shape(4, 2);
        Shape otherTurned = new Shape(2, 4);
        return Stream.of(
                RuleCase.of(new MatMul(false, false), FULL, other),
                RuleCase.of(new MatMul(true, false), turned, other),
                RuleCase.of(new MatMul(false, true), FULL, otherTurned),
                RuleCase.of(new MatMul(true, true), turned, otherTurned),
                RuleCase.of("a matrix with itself", List.of(FULL), x -> Ops.matmul(x.get(0), x.get(0), true, false)),
                RuleCase.of(
                        "means of groups",
                        List.of(new Shape(6, 4)),
                        x -> Ops.matmul(x.get(0).graph().groupMean(2, 3), x.get(0))));
    }

    /** Inverses of matrices that are far from those without one. */
    private static Stream<RuleCase> inverses() {
        return Stream.of(
                RuleCase.of("inverse of a number", List.of(SCALAR), x -> Ops.inverse(x.get(0))),
                RuleCase.of("inverse", List.of(new Shape(4, 4)), x -> {
                    Value identity = x.get(0).graph().identity(4);
                    return Ops.inverse(Ops.add(x.get(0), Ops.scale(identity, 5)));
                }),
                RuleCase.of("inverse of a symmetric matrix", List.of(FULL), x -> {
                    Value products = Ops.matmul(x.get(0), x.get(0), false, true);
                    return Ops.inverse(Ops.add(products, x.get(0).graph().identity(3)));
                }));
    }

    private static Stream<RuleCase> shapes() {
        return Stream.of(
                RuleCase.of(new Shaping.ColumnSum(), FULL),
                RuleCase.of(new Shaping.RowSum(), FULL),
                RuleCase.of(new Shaping.Broadcast(FULL), ROW),
                RuleCase.of(new Shaping.Broadcast(FULL), COLUMN),
                RuleCase.of(new Shaping.Broadcast(FULL), SCALAR),
                RuleCase.of(new Shaping.Reshape(new Shape(2, 6)), FULL),
                RuleCase.of(new Shaping.Transpose(), FULL));
    }

    private static Stream<RuleCase> slices() {
        return Stream.of(
                RuleCase.of(new Slices.Concatenate(Slices.Axis.COLUMNS), FULL, COLUMN, FULL),
                RuleCase.of(new Slices.Concatenate(Slices.Axis.ROWS), ROW, FULL),
                RuleCase.of("a row beside itself", List.of(ROW), x -> {
                    return Blocks.concatenateColumns(List.of(x.get(0), x.get(0)));
                }),
                RuleCase.of(new Slices.Slice(Slices.Axis.COLUMNS, 1, 3), FULL),
                RuleCase.of(new Slices.Slice(Slices.Axis.COLUMNS, 0, 1), ROW),
                RuleCase.of(new Slices.Slice(Slices.Axis.ROWS, 0, 2), FULL),
                RuleCase.of(new Slices.Slice(Slices.Axis.ROWS, 1, 3), FULL),
                RuleCase.of(new Slices.Pad(Slices.Axis.COLUMNS, 1, 2), FULL),
                RuleCase.of(new Slices.Pad(Slices.Axis.ROWS, 2, 0), ROW));
    }

    private static Stream<RuleCase> repetitions() {
        return Stream.of(
                RuleCase.of(new Repetition.Repeat(1, 2), FULL),
                RuleCase.of(new Repetition.Repeat(3, 2), FULL),
                RuleCase.of(new Repetition.Repeat(2, 3), new Shape(4, 2)),
                RuleCase.of(new Repetition.Sum(1, 3), FULL),
                RuleCase.of(new Repetition.Sum(2, 3), new Shape(12, 2)));
    }

    private static Stream<RuleCase> softmax() {
        return Stream.of(
                RuleCase.of(new SoftmaxOps.Softmax(), FULL),
                RuleCase.of(new SoftmaxOps.LogSoftmax(), FULL),
                RuleCase.of("cross-entropy", List.of(FULL, FULL), x -> Losses.crossEntropy(x.get(0), x.get(1))));
    }

    static Stream<RuleCase> convolutions() {
        return geometries()
                .flatMap(g -> Stream.of(
                        RuleCase.of(new Convolution.Forward(g), g.input(), g.weights()),
                        RuleCase.of(new Convolution.InputGradient(g), g.weights(), g.output()),
                        RuleCase.of(new Convolution.WeightGradient(g), g.input(), g.output()),
                        RuleCase.of(new Unfolding.Unfold(g), g.input()),
                        RuleCase.of(
                                new Unfolding.Fold(g),
                                new Shape(g.output().rows(), g.weights().rows()))));
    }

    static Stream<ConvGeometry> geometries() {
        ConvGeometry.Padding none = ConvGeometry.Padding.NONE;
        Stream<ConvGeometry> all = Arrays.stream(ConvGeometry.Padding.values())
                .flatMap(padding -> Stream.of(
                        new ConvGeometry(2, 5, 4, 2, 3, 3, 1, padding),
                        new ConvGeometry(2, 5, 4, 2, 3, 3, 2, padding),
                        new ConvGeometry(1, 5, 4, 1, 2, 4, 1, padding)));
        Stream<ConvGeometry> others = Stream.of(
                new ConvGeometry(2, 1, 2, 2, 2, 3, 2, ConvGeometry.Padding.TORCH),
                new ConvGeometry(2, 1, 2, 2, 2, 3, 2, ConvGeometry.Padding.TENSORFLOW),
                new ConvGeometry(1, 7, 6, 1, 2, 5, 2, none),
                new ConvGeometry(1, 7, 8, 1, 1, 7, 1, none),
                new ConvGeometry(1, 10, 12, 1, 1, 10, 2, none));
        return Stream.concat(all, others);
    }

    private static Stream<RuleCase> pooling() {
        return Stream.of(
                        new PoolGeometry(2, 4, 6, 2, false),
                        new PoolGeometry(2, 5, 7, 2, false),
                        new PoolGeometry(1, 3, 2, 3, false),
                        new PoolGeometry(2, 5, 7, 2, true),
                        new PoolGeometry(1, 4, 3, 3, true))
                .flatMap(g -> Stream.of(
                        RuleCase.of(new Pooling.Max(g), g.input()),
                        RuleCase.of(new Pooling.Average(g), g.input()),
                        RuleCase.of(new Pooling.Spread(g), g.output())));
    }

    private static Stream<RuleCase> normalization() {
        Shape batch = new Shape(5, 3);
        Shape channels = new Shape(1, 3);
        return Stream.of(
                RuleCase.of(
                        "normalized",
                        List.of(batch),
                        x -> Normalization.of(x.get(0), 0.01).normalized()),
                RuleCase.of(
                        "normalized with gain and bias",
                        List.of(batch, channels, channels),
                        x -> Ops.add(
                                Ops.multiply(Normalization.of(x.get(0), 0.01).normalized(), x.get(1)), x.get(2))),
                RuleCase.of(
                        "inverse deviation",
                        List.of(batch),
                        x -> Normalization.of(x.get(0), 0.01).inverseDeviation()),
                RuleCase.of(
                        "mean",
                        List.of(batch),
                        x -> Normalization.of(x.get(0), 0.01).mean()),
                new RuleCase(
                        "running statistics",
                        true,
                        List.of(batch, channels, channels),
                        x -> BatchNorm.running(Map.of("bn0.mean", x.get(1), "bn0.variance", x.get(2)))
                                .normalize(0, x.get(0), 0.01)));
    }

    private static Stream<RuleCase> composites() {
        Shape other = new Shape(2, 4);
        Mlp mlp = new Mlp("fc", List.of(4, 3, 2));
        LstmCell cell = new LstmCell("lstm", 4, 2);
        return Stream.of(
                RuleCase.of("euclidean logits", List.of(FULL, other), x -> {
                    return Distances.euclideanLogits(x.get(0), x.get(1));
                }),
                RuleCase.of("squared distance", List.of(FULL, other), x -> {
                    return Distances.squaredEuclidean(x.get(0), x.get(1));
                }),
                RuleCase.of("cosine", List.of(FULL, other), x -> Distances.cosine(x.get(0), x.get(1), 1e-3)),
                RuleCase.of("attention", List.of(new Shape(3, 2), other), x -> Attention.of(x.get(0), x.get(1))),
                RuleCase.of("attention by cosine", List.of(FULL, other, COLUMN), x -> {
                    return Attention.of(Attention.scores(x.get(0), x.get(1), x.get(2), 1e-3), x.get(1));
                }),
                RuleCase.of("Stein descent", List.of(FULL, FULL), x -> SteinUpdate.descent(x.get(0), x.get(1))),
                RuleCase.of("perceptron", RuleCase.shapes(mlp.layout(), FULL), x -> {
                    return mlp.forward(RuleCase.weights(mlp.layout(), x), x.get(0));
                }),
                RuleCase.of("LSTM", RuleCase.shapes(cell.layout(), FULL, new Shape(3, 2), new Shape(3, 2)), x -> {
                    LstmCell.State state = cell.step(
                            RuleCase.weights(cell.layout(), x), x.get(0), new LstmCell.State(x.get(1), x.get(2)));
                    return Blocks.concatenateColumns(List.of(state.h(), state.c()));
                }));
    }
}
