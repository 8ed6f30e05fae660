package io.fewshot4j.graph;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** Sums over the tasks of a graph: what each task has becomes one for all. */
public final class TaskSums {
    private static final MatMul TRANSPOSED_PRODUCT = new MatMul(true, false);

    private TaskSums() {}

    /** The sum of a value over the graph's tasks. */
    public static Value of(Value a) {
        return a.perTask()
                ? Ops.linear(a, TaskSums::sum)
                : Ops.scale(a, a.graph().tasks());
    }

    private static Value sum(Value a) {
        List<Value> inputs = a.inputs();
        boolean matching =
                inputs.size() == 2 && inputs.get(0).perTask() && inputs.get(1).perTask();
        if (matching && a.op().equals(TRANSPOSED_PRODUCT)) {
            return Ops.make(new ProductSum(), inputs.get(0), inputs.get(1));
        }
        if (matching && inputs.get(0).shape().equals(inputs.get(1).shape())) {
            if (a.op() == Elementwise.ADD) {
                return Ops.add(of(inputs.get(0)), of(inputs.get(1)));
            }
            if (a.op() == Elementwise.SUBTRACT) {
                return Ops.subtract(of(inputs.get(0)), of(inputs.get(1)));
            }
        }
        return Ops.make(new Sum(), a);
    }

    /** The sum of any value. */
    record Sum() implements Op {
        @Override
        public boolean perTask(List<Value> inputs) {
            return false;
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            int tasks = emitter.copies(self.input(0));
            SDVariable rows = emitter.reshape(inputs.get(0), tasks, self.shape().length());
            return emitter.reshape(emitter.columnSum(rows, 1, 1), self.rows(), self.columns());
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value upstream) {
            return List.of(Optional.of(upstream));
        }
    }

    /** The sum of the products of each task's transposed a and b: one product of the two stacks. */
    record ProductSum() implements Op {
        @Override
        public boolean perTask(List<Value> inputs) {
            return false;
        }

        @Override
        public Shape shape(List<Value> inputs) {
            return new Shape(inputs.get(0).columns(), inputs.get(1).columns());
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.matmul(inputs.get(0), inputs.get(1), true, false);
        }

        @Override
        public List<Optional<Value>> gradient(Value self, Value u) {
            Value byA = Ops.matmul(self.input(1), u, false, true);
            Value byB = Ops.matmul(self.input(0), u);
            return List.of(Optional.of(byA), Optional.of(byB));
        }
    }
}
