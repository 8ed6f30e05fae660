package io.fewshot4j.cuda;

import java.util.List;

/**
 * c = a b, of matrices or of stacks of equally many matrices, in c-order.
 *
 * @param a [rows, inner], or transposed
 * @param b [inner, columns], or transposed
 * @param c [rows, columns]
 */
record MatrixProduct(DeviceArray a, DeviceArray b, DeviceArray c, boolean transposeA, boolean transposeB)
        implements Node, Step {
    long rows() {
        return c.size(-2);
    }

    long columns() {
        return c.size(-1);
    }

    long inner() {
        return a.size(transposeA ? -2 : -1);
    }

    /** Number of matrices. */
    long count() {
        return c.shape().size() == 2 ? 1 : c.shape().get(0);
    }

    @Override
    public List<DeviceArray> reads() {
        return List.of(a, b);
    }

    @Override
    public List<DeviceArray> writes() {
        return List.of(c);
    }
}
