package io.fewshot4j.graph.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Operations of ND4J that graphs are emitted in and plans are made of: one row for all that is known of each. */
@SuppressWarnings("ImmutableEnumChecker") // the sets and lists cannot be changed
public enum NativeOperation {
    ADD("add", Set.of(Trait.IN_PLACE, Trait.ROW_BY_ROW)),
    /** A row, of rank 1, to each row. */
    ADD_ROW("biasadd", Set.of(Trait.IN_PLACE, Trait.ROW_BY_ROW)),
    SUBTRACT("subtract", Set.of(Trait.IN_PLACE, Trait.ROW_BY_ROW)),
    /** The second operand minus the first. */
    SUBTRACT_FROM("reversesubtract", Set.of(Trait.IN_PLACE, Trait.ROW_BY_ROW)),
    MULTIPLY("multiply", Set.of(Trait.IN_PLACE, Trait.ROW_BY_ROW)),
    DIVIDE("divide", Set.of(Trait.ROW_BY_ROW)),
    POWER("Pow", Set.of()),
    RELU("relu", Set.of(Trait.IN_PLACE, Trait.ROW_BY_ROW), List.of(), List.of(NativeArgument.CUTOFF)),
    /** 1 for positive numbers, else 0. */
    STEP("step", Set.of(Trait.IN_PLACE, Trait.ROW_BY_ROW)),
    SIGMOID("sigmoid", Set.of(Trait.IN_PLACE)),
    TANH("tanh", Set.of(Trait.IN_PLACE)),
    EXP("exp", Set.of(Trait.IN_PLACE)),
    LOG("log", Set.of(Trait.IN_PLACE)),
    /** Values over the root of a moving average of squares, and that average. */
    ROOT_MEAN_SQUARE(
            "rms_prop_updater",
            Set.of(),
            List.of(),
            List.of(NativeArgument.RATE, NativeArgument.DECAY, NativeArgument.EPSILON)),

    /** Product of two matrices, or of each pair of two stacks of matrices. */
    PRODUCT("matmul", Set.of(), NativeArgument.OF_PRODUCT, NativeWork.PRODUCT),
    /** X of A X = B, for stacks of matrices. */
    SOLVE("solve", Set.of(), List.of(), NativeWork.SOLVE),

    /** Images [n, h, w, in] and weights [k, k, in, out]. */
    CONVOLUTION("conv2d", Set.of(), NativeArgument.OF_CONVOLUTION, NativeWork.CONVOLUTION),
    /** The gradients by images and by weights, of images, weights and an upstream gradient. */
    CONVOLUTION_GRADIENTS("conv2d_bp", Set.of(), NativeArgument.OF_CONVOLUTION, NativeWork.CONVOLUTION_GRADIENTS),
    MAX_POOL("maxpool2d", Set.of(Trait.ROW_BY_ROW), NativeArgument.OF_POOLING),
    AVERAGE_POOL("avgpool2d", Set.of(Trait.ROW_BY_ROW), NativeArgument.OF_POOLING),
    /** A share of each upstream entry to each place of its block; the images, its first operand, are not read. */
    AVERAGE_POOL_GRADIENT("avgpool2d_bp", Set.of(Trait.ROW_BY_ROW), NativeArgument.OF_POOLING),
    /** Pixels [n, 1, h, w x in] under a kernel at each position, [n, 1, k, k x in, h', w']. */
    UNFOLD("im2col", Set.of(), NativeArgument.OF_UNFOLDING),
    /** The adjoint of {@link #UNFOLD}. */
    FOLD("col2im", Set.of(), NativeArgument.OF_FOLDING),

    ROW_MAXIMUM("reduce_max", Set.of(), List.of(NativeArgument.AXIS), List.of(NativeArgument.KEEP_AXIS)),
    ROW_LOG_SUM_EXP("reduce_logsumexp", Set.of(), List.of(NativeArgument.AXIS), List.of(NativeArgument.KEEP_AXIS)),
    SOFTMAX("softmax", Set.of(), List.of(NativeArgument.AXIS)),

    CONCATENATE("concat", Set.of(), List.of(NativeArgument.AXIS)),
    SLICE("slice", Set.of(), NativeArgument.OF_SLICE),
    /** Axes of a stack of matrices in another order, written anew. */
    TRANSPOSE("transpose", Set.of(), List.of(NativeArgument.AXIS, NativeArgument.AXIS, NativeArgument.AXIS)),
    COPY("identity", Set.of()),
    /** Axes in another order, as a view: no call of a plan. */
    PERMUTE("permute", Set.of(Trait.VIEW)),
    /** Another shape, as a view: no call of a plan. */
    RESHAPE("reshape", Set.of(Trait.VIEW));

    private enum Trait {
        IN_PLACE,
        ROW_BY_ROW,
        VIEW
    }

    private static final Map<String, NativeOperation> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(NativeOperation::nativeName, Function.identity()));

    private final String nativeName;
    private final Set<Trait> traits;
    private final List<NativeArgument> integers;
    private final List<NativeArgument> reals;
    private final NativeWork work;

    NativeOperation(
            String nativeName,
            Set<Trait> traits,
            List<NativeArgument> integers,
            List<NativeArgument> reals,
            NativeWork work) {
        this.nativeName = nativeName;
        this.traits = traits;
        this.integers = integers;
        this.reals = reals;
        this.work = work;
    }

    NativeOperation(String name, Set<Trait> traits, List<NativeArgument> integers, List<NativeArgument> reals) {
        this(name, traits, integers, reals, NativeWork.NONE);
    }

    NativeOperation(String nativeName, Set<Trait> traits, List<NativeArgument> integers, NativeWork work) {
        this(nativeName, traits, integers, List.of(), work);
    }

    NativeOperation(String nativeName, Set<Trait> traits, List<NativeArgument> integers) {
        this(nativeName, traits, integers, NativeWork.NONE);
    }

    NativeOperation(String nativeName, Set<Trait> traits) {
        this(nativeName, traits, List.of());
    }

    /** The one of an ND4J name. */
    public static NativeOperation named(String nativeName) {
        return Optional.ofNullable(BY_NAME.get(nativeName))
                .orElseThrow(() ->
                        new IllegalArgumentException("a plan must be of operations in its table, got " + nativeName));
    }

    /** ND4J's name. */
    public String nativeName() {
        return nativeName;
    }

    /** Whether a result of an operand's length may take the operand's memory. */
    public boolean isInPlace() {
        return traits.contains(Trait.IN_PLACE);
    }

    /**
     * Whether rows or images of the result, along the first axis, depend on those of the operands alone: they can be
     * computed apart.
     */
    public boolean isRowByRow() {
        return traits.contains(Trait.ROW_BY_ROW);
    }

    /** Whether the result is its operand's memory, seen in another way. */
    public boolean isView() {
        return traits.contains(Trait.VIEW);
    }

    /** Integer arguments in order; a view's depend on its rank and are not listed. */
    public List<NativeArgument> integers() {
        return integers;
    }

    /** Real arguments in order. */
    public List<NativeArgument> reals() {
        return reals;
    }

    /** Floating-point operations for operands and results of these shapes, two for each multiplication. */
    public double work(List<List<Long>> inputs, List<List<Long>> outputs, NativeArgs arguments) {
        return work.of(inputs, outputs, arguments);
    }
}
