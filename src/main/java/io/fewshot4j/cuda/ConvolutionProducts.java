package io.fewshot4j.cuda;

import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.runtime.Plan;
import io.fewshot4j.graph.runtime.Plan.Call;
import io.fewshot4j.graph.runtime.Plan.PlannedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes a plan's convolutions and their gradients as products over patches, which lie behind the arena's end. */
final class ConvolutionProducts {
    /** Axes of patches [images, down, across, 1, kernel, run] as im2col gives them and col2im takes them. */
    private static final List<Integer> PATCH_AXES = List.of(0, 3, 4, 5, 1, 2);

    private static final List<Long> NOT_DILATED = List.of(1L, 1L, 0L);

    private final Plan plan;
    private final List<PlannedArray> arrays;
    private final List<Call> calls = new ArrayList<>();
    private final long scratch;
    private long scratchLength;

    private ConvolutionProducts(Plan plan) {
        this.plan = plan;
        this.arrays = new ArrayList<>(plan.arrays());
        this.scratch = (plan.arenaLength() + 63) / 64 * 64;
    }

    /** A plan with the same inputs and outputs that has no convolutions. */
    static Plan of(Plan plan) {
        ConvolutionProducts products = new ConvolutionProducts(plan);
        plan.calls().forEach(products::add);
        return new Plan(
                plan.type(),
                products.arrays,
                products.calls,
                products.scratchLength == 0 ? plan.arenaLength() : products.scratch + products.scratchLength,
                plan.inputs(),
                plan.outputs());
    }

    private void add(Call call) {
        switch (call.operation()) {
            case CONVOLUTION -> forward(call);
            case CONVOLUTION_GRADIENTS -> gradients(call);
            default -> calls.add(call);
        }
    }

    /** Sizes of a convolution, and its arrays as matrices. */
    private record Sizes(List<Long> images, List<Long> weights, List<Long> positions, List<Long> integers) {
        long channels() {
            return images.get(3);
        }

        long rows() {
            return positions.get(0) * positions.get(1) * positions.get(2);
        }

        long depth() {
            return weights.get(0) * weights.get(1) * channels();
        }

        List<Long> patches() {
            return List.of(rows(), depth());
        }

        /** Images with the channels of a row as one run. */
        List<Long> lines() {
            return List.of(images.get(0), 1L, images.get(1), images.get(2) * channels());
        }

        List<Long> windows() {
            return List.of(
                    images.get(0), positions.get(1), positions.get(2), 1L, weights.get(0), weights.get(1) * channels());
        }

        /** Steps and zeros before, vertically and horizontally. */
        List<Long> steps() {
            return List.of(
                    integers.get(2), integers.get(3) * channels(), integers.get(4), integers.get(5) * channels());
        }
    }

    private Sizes sizes(Call call, int positions) {
        return new Sizes(
                shape(call.inputs().get(0)),
                shape(call.inputs().get(1)),
                shape(positions),
                call.arguments().integers());
    }

    private void forward(Call call) {
        int y = call.outputs().get(0);
        Sizes sizes = sizes(call, y);
        int patches = unfold(sizes, call.inputs().get(0));
        int weights = view(call.inputs().get(1), matrix(sizes.weights()));
        product(patches, weights, view(y, matrix(sizes.positions())), false, false);
    }

    private void gradients(Call call) {
        Sizes sizes = sizes(call, call.inputs().get(2));
        int upstream = view(call.inputs().get(2), matrix(sizes.positions()));
        if (call.isRead(1)) {
            int patches = unfold(sizes, call.inputs().get(0));
            product(patches, upstream, view(call.outputs().get(1), matrix(sizes.weights())), true, false);
        }
        if (call.isRead(0)) {
            int weights = view(call.inputs().get(1), matrix(sizes.weights()));
            product(upstream, weights, scratch(sizes.patches(), List.of()), false, true);
            fold(sizes, call.outputs().get(0));
        }
    }

    /** Patches of images, as a matrix. */
    private int unfold(Sizes sizes, int images) {
        List<Long> integers =
                new ArrayList<>(List.of(sizes.weights().get(0), sizes.weights().get(1) * sizes.channels()));
        integers.addAll(sizes.steps());
        integers.addAll(NOT_DILATED);
        call(
                NativeOperation.UNFOLD,
                List.of(view(images, sizes.lines())),
                scratch(sizes.windows(), PATCH_AXES),
                integers);
        return scratch(sizes.patches(), List.of());
    }

    private void fold(Sizes sizes, int images) {
        List<Long> integers = new ArrayList<>(sizes.steps());
        integers.addAll(sizes.lines().subList(2, 4));
        integers.addAll(NOT_DILATED);
        call(
                NativeOperation.FOLD,
                List.of(scratch(sizes.windows(), PATCH_AXES)),
                view(images, sizes.lines()),
                integers);
    }

    private void product(int a, int b, int c, boolean transposeA, boolean transposeB) {
        call(NativeOperation.PRODUCT, List.of(a, b), c, List.of(transposeA ? 1L : 0L, transposeB ? 1L : 0L, 0L));
    }

    private void call(NativeOperation operation, List<Integer> inputs, int output, List<Long> integers) {
        calls.add(new Call(operation, inputs, List.of(output), Set.of(), new NativeArgs(integers, List.of())));
    }

    private static List<Long> matrix(List<Long> shape) {
        long columns = shape.get(shape.size() - 1);
        return List.of(shape.stream().reduce(1L, (a, b) -> a * b) / columns, columns);
    }

    private List<Long> shape(int number) {
        return arrays.get(number).shape();
    }

    private int view(int number, List<Long> shape) {
        PlannedArray array = plan.arrays().get(number);
        return number(new PlannedArray(array.storage(), array.name(), shape, array.offset(), List.of()));
    }

    private int scratch(List<Long> shape, List<Integer> axes) {
        PlannedArray array = new PlannedArray(Plan.Storage.ARENA, "", shape, scratch, axes);
        scratchLength = Math.max(scratchLength, array.length());
        return number(array);
    }

    private int number(PlannedArray array) {
        arrays.add(array);
        return arrays.size() - 1;
    }
}
