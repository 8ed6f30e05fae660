package io.fewshot4j.graph.operation;

import java.util.List;
import java.util.stream.Stream;

/** Meaning of a number among a native operation's arguments. Images have rows and columns of pixels. */
public enum NativeArgument {
    /** Rows of a kernel. */
    KERNEL_HEIGHT,
    /** Columns of a kernel. */
    KERNEL_WIDTH,
    /** Rows from a position to the next below. */
    STRIDE_HEIGHT,
    /** Columns from a position to the next beside it. */
    STRIDE_WIDTH,
    /** Rows of zeros above. */
    PAD_TOP,
    /** Columns of zeros to the left. */
    PAD_LEFT,
    /** Rows from a kernel's row to its next. */
    DILATION_HEIGHT,
    /** Columns from a kernel's column to its next. */
    DILATION_WIDTH,
    /** 1 where zeros are added as TensorFlow's "SAME" does. */
    SAME,
    /** 1 where channels are last. */
    CHANNELS_LAST,
    /** Order of weights: 0 for [height, width, in, out]. */
    WEIGHT_ORDER,
    /** Divisor of averages: 1 for as many as a block of the kernel has. */
    DIVISOR,
    /** Rows of an image. */
    HEIGHT,
    /** Columns of an image. */
    WIDTH,
    /** 1 for the transpose of the first operand. */
    TRANSPOSE_FIRST,
    /** 1 for the transpose of the second operand. */
    TRANSPOSE_SECOND,
    /** 1 for the transpose of the product. */
    TRANSPOSE_RESULT,
    /** An axis, counted from 0. */
    AXIS,
    /** First matrix of a stack that is cut out. */
    FIRST_COPY,
    /** First row that is cut out. */
    FIRST_ROW,
    /** First column that is cut out. */
    FIRST_COLUMN,
    /** Matrices of a stack that are cut out. */
    COPIES,
    /** Rows that are cut out. */
    ROWS,
    /** Columns that are cut out. */
    COLUMNS,
    /** Numbers below it become 0. */
    CUTOFF,
    /** 1 where an axis that is reduced stays, with one entry. */
    KEEP_AXIS,
    /** Learning rate. */
    RATE,
    /** Share of a moving average that stays. */
    DECAY,
    /** Number added to a denominator. */
    EPSILON;

    static final List<NativeArgument> OF_UNFOLDING = List.of(
            KERNEL_HEIGHT,
            KERNEL_WIDTH,
            STRIDE_HEIGHT,
            STRIDE_WIDTH,
            PAD_TOP,
            PAD_LEFT,
            DILATION_HEIGHT,
            DILATION_WIDTH,
            SAME);

    static final List<NativeArgument> OF_CONVOLUTION = unfoldingAnd(CHANNELS_LAST, WEIGHT_ORDER);

    static final List<NativeArgument> OF_POOLING = unfoldingAnd(DIVISOR, CHANNELS_LAST);

    static final List<NativeArgument> OF_FOLDING = List.of(
            STRIDE_HEIGHT, STRIDE_WIDTH, PAD_TOP, PAD_LEFT, HEIGHT, WIDTH, DILATION_HEIGHT, DILATION_WIDTH, SAME);

    static final List<NativeArgument> OF_PRODUCT = List.of(TRANSPOSE_FIRST, TRANSPOSE_SECOND, TRANSPOSE_RESULT);

    static final List<NativeArgument> OF_SLICE = List.of(FIRST_COPY, FIRST_ROW, FIRST_COLUMN, COPIES, ROWS, COLUMNS);

    private static List<NativeArgument> unfoldingAnd(NativeArgument... more) {
        return Stream.concat(OF_UNFOLDING.stream(), Stream.of(more)).toList();
    }
}
