package io.fewshot4j.cuda;

import io.fewshot4j.cuda.Pointwise.Operand;
import io.fewshot4j.graph.operation.NativeArgument;
import io.fewshot4j.graph.runtime.Plan.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls of a plan of which each output entry can be had by itself. */
final class PointwiseCalls {
    private final MemoryMap memory;

    PointwiseCalls(MemoryMap memory) {
        this.memory = memory;
    }

    /** A call as such operations; none where it is of another kind. */
    List<Pointwise> of(Call call) {
        return switch (call.operation()) {
            case ADD, ADD_ROW -> each(call, "%s + %s");
            case SUBTRACT -> each(call, "%s - %s");
            case SUBTRACT_FROM -> each(call, "-%s + %s");
            case MULTIPLY -> each(call, "%s * %s");
            case DIVIDE -> each(call, "%s / %s");
            case POWER -> each(call, "pow(%s, %s)");
            case COPY -> each(call, "%s");
            case RELU -> each(call, "relu(%s)");
            case STEP -> each(call, "step(%s)");
            case SIGMOID -> each(call, "1 / (1 + exp(-%s))");
            case TANH, EXP, LOG -> each(call, call.operation().nativeName() + "(%s)");
            case ROOT_MEAN_SQUARE -> rmsProp(call);
            case SLICE ->
                strided(
                        call,
                        Strided.part(
                                shape(call, 0),
                                call.arguments().integers().subList(0, 3),
                                call.arguments().integers().subList(3, 6)));
            case TRANSPOSE ->
                strided(
                        call,
                        Strided.transposed(shape(call, 0), call.arguments().integers()));
            case CONCATENATE -> concatenation(call);
            case UNFOLD ->
                patches(
                        call,
                        shape(call, 0),
                        output(call).shape(),
                        call.arguments().integers().subList(2, 6));
            case FOLD ->
                patches(
                        call,
                        output(call).shape(),
                        shape(call, 0),
                        call.arguments().integers().subList(0, 4));
            case MAX_POOL, AVERAGE_POOL ->
                pool(call, 0, shape(call, 0), output(call).shape());
            case AVERAGE_POOL_GRADIENT -> pool(call, 1, output(call).shape(), shape(call, 1));
            default -> List.of();
        };
    }

    private DeviceArray output(Call call) {
        return memory.at(call.outputs().get(0));
    }

    private List<Long> shape(Call call, int input) {
        return memory.shape(call.inputs().get(input));
    }

    private List<Pointwise> each(Call call, String expression) {
        DeviceArray output = output(call);
        List<Operand> operands = call.inputs().stream()
                .map(input -> entry(input, Strided.repeated(memory.shape(input), output.shape())))
                .toList();
        return List.of(new Pointwise(expression, operands, output));
    }

    private Operand entry(int input, Strided at) {
        double fill = memory.fill(input);
        return Double.isFinite(fill) ? new Operand.Literal(fill) : new Operand.Entry(memory.at(input), at);
    }

    private List<Pointwise> strided(Call call, Strided at) {
        return List.of(Pointwise.of("%s", output(call), entry(call.inputs().get(0), at)));
    }

    /** The average of squares first, which the scaled values stand on. */
    private List<Pointwise> rmsProp(Call call) {
        DeviceArray scaled = output(call);
        DeviceArray average = memory.at(call.outputs().get(1));
        Operand.Literal rate = new Operand.Literal(call.real(NativeArgument.RATE));
        Operand.Literal decay = new Operand.Literal(call.real(NativeArgument.DECAY));
        Operand.Literal share = new Operand.Literal(1 - call.real(NativeArgument.DECAY));
        Operand.Literal epsilon = new Operand.Literal(call.real(NativeArgument.EPSILON));
        Strided plain = Strided.repeated(scaled.shape(), scaled.shape());
        Operand gradient = entry(call.inputs().get(0), plain);
        Operand before = entry(call.inputs().get(1), plain);
        return List.of(
                Pointwise.of("%s * %s + %s * %s * %s", average, decay, before, share, gradient, gradient),
                Pointwise.of(
                        "%s * %s / (sqrt(%s) + %s)",
                        scaled, rate, gradient, new Operand.Entry(average, plain), epsilon));
    }

    /** Parts along an axis: of a run of the output's entries each part has so many. */
    private List<Pointwise> concatenation(Call call) {
        DeviceArray output = output(call);
        int axis = call.integer(NativeArgument.AXIS);
        long inner = product(output.shape().subList(axis + 1, output.shape().size()));
        long run = inner * output.shape().get(axis);
        boolean single = run == output.length();
        StringBuilder expression = new StringBuilder();
        List<Operand> operands = new ArrayList<>();
        long from = 0;
        for (int part = 0; part < call.inputs().size(); part++) {
            int input = call.inputs().get(part);
            long length = inner * memory.shape(input).get(axis);
            String within = (single ? "i" : "i %% " + run) + (from == 0 ? "" : " - " + from);
            String index = single ? within : "i / " + run + " * " + length + " + " + within;
            from += length;
            if (from < run) {
                expression
                        .append(single ? "i" : "i %% " + run)
                        .append(" < ")
                        .append(from)
                        .append(" ? ");
            }
            double fill = memory.fill(input);
            boolean literal = Double.isFinite(fill);
            operands.add(literal ? new Operand.Literal(fill) : new Operand.Whole(memory.at(input)));
            expression.append("%s").append(literal ? "" : "[" + index + "]").append(from < run ? " : " : "");
        }
        return List.of(new Pointwise(expression.toString(), operands, output));
    }

    /**
     * A function of patches.
     *
     * @param lines [images, 1, height, width x channels]
     * @param windows [images, height, width, 1, kernel, run]
     * @param steps between positions, and zeros before them
     */
    private List<Pointwise> patches(Call call, List<Long> lines, List<Long> windows, List<Long> steps) {
        Stream<Long> sizes =
                Stream.of(lines.get(2), lines.get(3), windows.get(1), windows.get(2), windows.get(4), windows.get(5));
        return function(call, 0, Stream.concat(sizes, steps.stream()));
    }

    /** A function of blocks of 2x2 between images and what is a half of them. */
    private List<Pointwise> pool(Call call, int input, List<Long> images, List<Long> blocks) {
        return function(
                call, input, Stream.of(images.get(1), images.get(2), images.get(3), blocks.get(1), blocks.get(2)));
    }

    private List<Pointwise> function(Call call, int input, Stream<Long> sizes) {
        String arguments = sizes.map(String::valueOf).collect(Collectors.joining(", "));
        String expression = call.operation().nativeName() + "<Index, " + arguments + ">(%s, i)";
        return List.of(Pointwise.of(
                expression,
                output(call),
                new Operand.Whole(memory.at(call.inputs().get(input)))));
    }

    private static long product(List<Long> sizes) {
        return sizes.stream().reduce(1L, (a, b) -> a * b);
    }
}
