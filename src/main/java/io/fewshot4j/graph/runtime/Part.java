package io.fewshot4j.graph.runtime;

import io.fewshot4j.cpu.Memory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A part of a call on large arrays: some of its rows or images, each of which has the same bits whichever others are
 * with it.
 */
record Part(List<INDArray> inputs, List<INDArray> outputs) {
    /** Numbers of a result from which it takes much longer than threads take to hand over work. */
    private static final long LARGE = 1 << 20;

    /** Cuts a call into as many parts as there are processors; into none where it has to stay whole. */
    static List<Part> of(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        INDArray result = outputs.get(0);
        int count = Runtime.getRuntime().availableProcessors();
        boolean suits = call.operation().isRowByRow() && result.length() >= LARGE && result.size(0) >= count;
        List<INDArray> all = Stream.concat(inputs.stream(), outputs.stream()).toList();
        return suits && Memory.holds(all)
                ? IntStream.range(0, count)
                        .mapToObj(i -> new Part(rows(inputs, result, i, count), rows(outputs, result, i, count)))
                        .toList()
                : List.of();
    }

    /** Arrays of a part: those with as many rows as the result are cut, the others are the same for all parts. */
    private static List<INDArray> rows(List<INDArray> arrays, INDArray result, int part, int count) {
        long rows = result.size(0);
        return arrays.stream()
                .map(array -> array.rank() == result.rank() && array.size(0) == rows
                        ? Memory.rows(array, rows * part / count, rows * (part + 1) / count)
                        : array)
                .toList();
    }
}
