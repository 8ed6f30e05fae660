package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import io.fewshot4j.graph.operation.NativeOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;

/** Runs of rows or columns: joined, cut out, and put among zeros, which is the adjoint of cutting out. */
final class Slices {
    private Slices() {}

    /** Along what a matrix is cut. */
    enum Axis {
        ROWS,
        COLUMNS;

        int length(Shape shape) {
            return this == ROWS ? shape.rows() : shape.columns();
        }

        private int across(Shape shape) {
            return this == ROWS ? shape.columns() : shape.rows();
        }

        private Shape shape(int length, int across) {
            return this == ROWS ? new Shape(length, across) : new Shape(across, length);
        }

        private SDVariable concatenate(Emitter emitter, int copies, List<SDVariable> parts, Shape shape) {
            NativeArgs axis = NativeArgs.integers(this == ROWS ? 1 : 2);
            SDVariable joined =
                    emitter.call(NativeOperation.CONCATENATE, parts, axis, copies, shape.rows(), shape.columns());
            return emitter.reshape(joined, (long) copies * shape.rows(), shape.columns());
        }
    }

    /**
     * The sum of two runs among zeros, where one ends at the other's beginning: they are joined, and nothing is added.
     */
    static Optional<Value> joined(Value a, Value b) {
        if (!(a.op() instanceof Pad one && b.op() instanceof Pad other && one.axis == other.axis)) {
            return Optional.empty();
        }
        if (one.before > other.before) {
            return joined(b, a);
        }
        int length = other.axis.length(b.input(0).shape());
        int after = one.after - length;
        if (!a.shape().equals(b.shape()) || after != other.after) {
            return Optional.empty();
        }
        List<Value> parts =
                Stream.of(a, b).flatMap(pad -> parts(pad.input(0), one.axis)).toList();
        Value run = Ops.make(new Concatenate(one.axis), parts.toArray(new Value[0]));
        return Optional.of(one.before + after == 0 ? run : Ops.make(new Pad(one.axis, one.before, after), run));
    }

    private static Stream<Value> parts(Value run, Axis axis) {
        return run.op().equals(new Concatenate(axis)) ? run.inputs().stream() : Stream.of(run);
    }

    /** Moves entries and leaves them as they are. */
    sealed interface Cutting extends Op {}

    record Concatenate(Axis axis) implements Cutting {
        @Override
        public Shape shape(List<Value> inputs) {
            int across = axis.across(inputs.get(0).shape());
            int length = 0;
            for (Value input : inputs) {
                if (axis.across(input.shape()) != across) {
                    throw new IllegalArgumentException("what is joined must have equally many "
                            + (axis == Axis.ROWS ? "columns" : "rows") + ", got "
                            + inputs.stream().map(Value::shape).toList());
                }
                length += axis.length(input.shape());
            }
            return axis.shape(length, across);
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            int copies = emitter.copies(self);
            List<SDVariable> parts = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                Value part = self.input(i);
                SDVariable all = copies == 1 ? inputs.get(i) : emitter.repeated(inputs.get(i), emitter.copies(part));
                parts.add(emitter.reshape(all, copies, part.rows(), part.columns()));
            }
            return axis.concatenate(emitter, copies, parts, self.shape());
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            List<Optional<Value>> parts = new ArrayList<>();
            int from = 0;
            for (Value input : self.inputs()) {
                int to = from + axis.length(input.shape());
                parts.add(Optional.of(Blocks.slice(upstream, axis, from, to)));
                from = to;
            }
            return parts;
        }
    }

    record Slice(Axis axis, int from, int to) implements Cutting {
        @Override
        public Shape shape(List<Value> inputs) {
            Shape shape = inputs.get(0).shape();
            if (from < 0 || from >= to || to > axis.length(shape)) {
                throw new IllegalArgumentException("a slice must lie within " + shape + ", got " + this);
            }
            return axis.shape(to - from, axis.across(shape));
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            Value whole = self.input(0);
            int copies = emitter.copies(self);
            int row = axis == Axis.ROWS ? from : 0;
            NativeArgs range = NativeArgs.integers(0, row, from - row, copies, self.rows(), self.columns());
            SDVariable x = emitter.reshape(inputs.get(0), copies, whole.rows(), whole.columns());
            SDVariable part =
                    emitter.call(NativeOperation.SLICE, List.of(x), range, copies, self.rows(), self.columns());
            return emitter.reshape(part, emitter.stacked(self).rows(), self.columns());
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            int after = axis.length(self.input(0).shape()) - to;
            return List.of(Optional.of(Ops.linear(upstream, u -> Ops.make(new Pad(axis, from, after), u))));
        }
    }

    /** Zeros before and after. */
    record Pad(Axis axis, int before, int after) implements Cutting {
        @Override
        public Shape shape(List<Value> inputs) {
            Shape shape = inputs.get(0).shape();
            return axis.shape(before + axis.length(shape) + after, axis.across(shape));
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            Value part = self.input(0);
            int copies = emitter.copies(self);
            List<SDVariable> parts = new ArrayList<>();
            parts.add(emitter.reshape(inputs.get(0), copies, part.rows(), part.columns()));
            if (before > 0) {
                parts.add(0, zeros(emitter, copies, axis.shape(before, axis.across(part.shape()))));
            }
            if (after > 0) {
                parts.add(zeros(emitter, copies, axis.shape(after, axis.across(part.shape()))));
            }
            return axis.concatenate(emitter, copies, parts, self.shape());
        }

        private static SDVariable zeros(Emitter emitter, int copies, Shape shape) {
            SDVariable zeros = emitter.filled(new Shape(copies * shape.rows(), shape.columns()), 0);
            return emitter.reshape(zeros, copies, shape.rows(), shape.columns());
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            int to = before + axis.length(self.input(0).shape());
            return List.of(Optional.of(Blocks.slice(upstream, axis, before, to)));
        }
    }
}
