package io.fewshot4j.graph;

import io.fewshot4j.graph.operation.NativeArgs;
import java.util.Collections;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** Any native operation of ND4J, by name, as an operation of a SameDiff graph. */
final class NativeCall extends DynamicCustomOp {
    private final String name;
    private final int outputs;

    NativeCall(String name, SameDiff graph, List<SDVariable> inputs, NativeArgs arguments, int outputs) {
        super(graph, inputs.toArray(new SDVariable[0]));
        this.name = name;
        this.outputs = outputs;
        addIArgument(arguments.integerArray());
        addTArgument(arguments.realArray());
    }

    @Override
    public String opName() {
        return name == null ? "identity" : name;
    }

    @Override
    public int getNumOutputs() {
        return outputs;
    }

    @Override
    public List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
        return Collections.nCopies(outputs, inputs.get(0));
    }
}
