package io.fewshot4j.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** a / (sqrt(b) + epsilon) in each entry, in one pass of ND4J's RMSProp, whose average with decay 1 stays b. A constant to gradients. */
record OverRoot(double epsilon) implements Op {
    @Override
    public SDVariable emit(Emitter emitter, Value self, List<SDVariable> inputs) {
        return emitter.callFirst("rms_prop_updater", inputs, NativeArgs.reals(1, 1, epsilon), 2);
    }
}
