package io.fewshot4j.tensor;

import io.fewshot4j.FewShotException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Named arrays that are views of one flat off-heap vector, so that an optimiser's step or a sum over tasks is one
 * operation.
 */
public final class Parameters implements AutoCloseable {
    private final ParameterLayout layout;
    private final INDArray flat;
    /** Made when first asked for: most gradients are only summed. */
    private final Map<String, INDArray> views = new LinkedHashMap<>();

    private Parameters(ParameterLayout layout, INDArray flat) {
        this.layout = layout;
        this.flat = flat;
    }

    private Map<String, INDArray> views() {
        synchronized (views) {
            if (views.isEmpty()) {
                makeViews();
            }
            return views;
        }
    }

    private void makeViews() {
        long offset = 0;
        for (ParameterLayout.Entry entry : layout.entries()) {
            INDArray part = flat.get(NDArrayIndex.interval(offset, offset + entry.length()));
            views.put(entry.name(), part.reshape('c', entry.dimensions()));
            offset += entry.length();
        }
    }

    /**
     * All zero, of the layout's length (at least one value, so that an empty layout works too).
     *
     * @throws FewShotException if there are more than a vector can hold
     */
    public static Parameters zeros(ParameterLayout layout, DataType type) {
        if (layout.length() > Integer.MAX_VALUE) {
            throw new FewShotException("a model must have at most " + Integer.MAX_VALUE + " parameters, got "
                    + (layout.length() == Long.MAX_VALUE ? "more than can be counted" : layout.length())
                    + "; lower what makes it wide, such as filters, or the size of its images");
        }
        return new Parameters(layout, Nd4j.create(type, Math.max(1, layout.length())));
    }

    public ParameterLayout layout() {
        return layout;
    }

    /** The vector that all arrays lie in, [length]; writing to it changes them. */
    public INDArray flat() {
        return flat;
    }

    /** A named array, a view. */
    public INDArray get(String name) {
        INDArray view = views().get(name);
        if (view == null) {
            throw new IllegalArgumentException("no parameter is called " + name + "; there are " + names());
        }
        return view;
    }

    /** The names in order. */
    public List<String> names() {
        return layout.entries().stream().map(ParameterLayout.Entry::name).toList();
    }

    /** Equal values in memory of their own. */
    public Parameters copy() {
        return new Parameters(layout, flat.dup('c'));
    }

    /** Takes over another one's values. */
    public void assign(Parameters other) {
        if (!layout.isLike(other.layout)) {
            throw new IllegalArgumentException("layouts differ: " + layout + " and " + other.layout);
        }
        flat.assign(other.flat);
    }

    @Override
    public void close() {
        if (!flat.wasClosed()) {
            flat.close();
        }
    }
}
