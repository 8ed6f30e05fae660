package io.fewshot4j.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Values without inputs: they end every gradient. */
final class Leaf {
    private Leaf() {}

    record Input(String name, Shape size, boolean ofTask) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return size;
        }

        @Override
        public boolean perTask(List<Value> inputs) {
            return ofTask;
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.placeholder(name, emitter.stacked(self));
        }
    }

    record Filled(Shape size, double fill) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return size;
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.filled(size, fill);
        }
    }

    record GroupMean(int groups, int run) implements Op {
        @Override
        public Shape shape(List<Value> inputs) {
            return new Shape(groups, groups * run);
        }

        @Override
        public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
            return emitter.groupMean(groups, run);
        }
    }
}
