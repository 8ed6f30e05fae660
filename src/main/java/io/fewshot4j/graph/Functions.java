package io.fewshot4j.graph;

import java.util.List;

/** Functions of each entry. */
public final class Functions {
    private Functions() {}

    /** 1 / (1 + exp(-a)). */
    public static Value sigmoid(Value a) {
        return Ops.make(Curve.SIGMOID, a);
    }

    /** The hyperbolic tangent. */
    public static Value tanh(Value a) {
        return Ops.make(Curve.TANH, a);
    }

    /** e to the power of each entry. */
    public static Value exp(Value a) {
        return Ops.make(Curve.EXP, a);
    }

    /** The natural logarithm of positive entries; at 0 it is minus infinity, and below not a number. */
    public static Value log(Value a) {
        return Ops.make(Curve.LOG, a);
    }

    /** The magnitude; the derivative is {@link #sign}, 0 at 0. */
    public static Value absolute(Value a) {
        return Ops.add(Ops.relu(a), Ops.relu(Ops.scale(a, -1)));
    }

    /**
     * Positive entries as they are, negative ones times {@code slope}, from 0 to 1; the derivative at 0 is the slope.
     */
    public static Value leakyRelu(Value a, double slope) {
        return Ops.add(Ops.scale(Ops.relu(a), 1 - slope), Ops.scale(a, slope));
    }

    /** 1, 0 or -1, without gradient. */
    public static Value sign(Value a) {
        return Ops.subtract(step(a), step(Ops.scale(a, -1)));
    }

    /**
     * Numbers of any size as two of size 1, <a href="https://arxiv.org/abs/1606.04474">Andrychowicz et al. 2016</a>:
     * (log|a| / p, sign a) where |a| is at least exp(-p), else (-1, exp(p) a).
     *
     * @param a a column [rows, 1]
     * @return [rows, 2]
     */
    public static Value logAndSign(Value a, double p) {
        Value least = a.graph().filled(1, 1, Math.exp(-p));
        Value magnitude = Ops.add(Ops.relu(Ops.subtract(absolute(a), least)), least);
        Value log = log(magnitude);
        return Blocks.concatenateColumns(List.of(Ops.scale(log, 1 / p), Ops.multiply(a, exp(Ops.scale(log, -1)))));
    }

    /** 1 where an entry is positive, else 0, without gradient. */
    public static Value step(Value a) {
        return Ops.make(new Rectifier.Step(), a);
    }
}
