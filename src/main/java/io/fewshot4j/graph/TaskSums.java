package io.fewshot4j.graph;

import java.util.ArrayList;
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
        if (a.op() instanceof Slices.Cutting) {
            return Ops.make(a.op(), a.inputs().stream().map(TaskSums::of).toArray(Value[]::new));
        }
        if (isProduct(a)) {
            return product(List.of(a));
        }
        if (isBetween(a, Elementwise.ADD)) {
            List<Value> terms = new ArrayList<>();
            terms(a, terms);
            List<Value> slim = terms.stream().filter(TaskSums::isSlim).toList();
            return slim.size() < 2 ? Ops.add(of(a.input(0)), of(a.input(1))) : joined(terms, slim);
        }
        return isBetween(a, Elementwise.SUBTRACT)
                ? Ops.subtract(of(a.input(0)), of(a.input(1)))
                : Ops.make(new Sum(), a);
    }

    /** Whether it is an elementwise operation on two values of its own shape that each task has. */
    private static boolean isBetween(Value a, Op op) {
        return a.op() == op
                && a.inputs().stream().allMatch(Value::perTask)
                && a.input(0).shape().equals(a.input(1).shape());
    }

    private static boolean isProduct(Value a) {
        return a.op().equals(TRANSPOSED_PRODUCT) && a.inputs().stream().allMatch(Value::perTask);
    }

    /**
     * Whether a product of so few rows that it is cheaper to join its factors with others' than to add up what it
     * gives.
     */
    private static boolean isSlim(Value a) {
        if (!isProduct(a)) {
            return false;
        }
        long rows = (long) a.input(0).rows() * a.graph().tasks();
        return rows * (a.rows() + a.columns()) < a.shape().length();
    }

    private static void terms(Value a, List<Value> terms) {
        if (isBetween(a, Elementwise.ADD)) {
            a.inputs().forEach(input -> terms(input, terms));
        } else {
            terms.add(a);
        }
    }

    /** The slim products as one, and the other terms. */
    private static Value joined(List<Value> terms, List<Value> slim) {
        return terms.stream()
                .filter(term -> !slim.contains(term))
                .map(TaskSums::of)
                .reduce(product(slim), Ops::add);
    }

    private static Value product(List<Value> products) {
        Value a = Blocks.concatenateRows(
                products.stream().map(one -> one.input(0)).toList());
        Value b = Blocks.concatenateRows(
                products.stream().map(one -> one.input(1)).toList());
        return Ops.make(new ProductSum(), a, b);
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
