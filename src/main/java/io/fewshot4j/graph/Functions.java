package io.fewshot4j.graph;

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

    /** 1, 0 or -1, without gradient. */
    public static Value sign(Value a) {
        return Ops.subtract(step(a), step(Ops.scale(a, -1)));
    }

    /** 1 where an entry is positive, else 0, without gradient. */
    public static Value step(Value a) {
        return Ops.make(new Rectifier.Step(), a);
    }
}
