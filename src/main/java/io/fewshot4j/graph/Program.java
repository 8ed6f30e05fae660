package io.fewshot4j.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A plain SameDiff graph that computes some values, with the shape of each of its variables. SameDiff's own session can
 * run it; a plan is its compiled form.
 */
public final class Program {
    private final SameDiff graph;
    private final DataType type;
    private final Map<String, List<Long>> shapes;
    private final Map<String, String> outputs;

    private Program(Emitter emitter, DataType type, Map<String, String> outputs) {
        this.graph = emitter.graph();
        this.type = type;
        this.shapes = Map.copyOf(emitter.shapes());
        this.outputs = new LinkedHashMap<>(outputs);
    }

    /** Emits what the named outputs need, and nothing else. */
    public static Program of(Map<String, Value> outputs, DataType type) {
        List<Value> ordered = Topology.ordered(outputs.values());
        int tasks = ordered.get(0).graph().tasks();
        Emission emission = new Emission(
                new Emitter(type, tasks), new ConvPairs(ordered), new DirectConvolutions(ordered, outputs.values()));
        ordered.forEach(emission::emit);
        Map<String, String> names = new LinkedHashMap<>();
        outputs.forEach((name, value) ->
                names.put(name, Lookup.in(emission.variables, value).name()));
        return new Program(emission.emitter, type, names);
    }

    public SameDiff graph() {
        return graph;
    }

    public DataType type() {
        return type;
    }

    /** The name of the SameDiff variable that holds each output. */
    public Map<String, String> outputs() {
        return Map.copyOf(outputs);
    }

    /** Shape of a variable. */
    public List<Long> shape(String variable) {
        return Lookup.in(shapes, variable);
    }

    /** Writes values in an order in which both gradients of a pair can be computed at once. */
    private record Emission(
            Emitter emitter, ConvPairs pairs, DirectConvolutions convolutions, Map<Value, SDVariable> variables) {
        Emission(Emitter emitter, ConvPairs pairs, DirectConvolutions convolutions) {
            this(emitter, pairs, convolutions, new HashMap<>());
        }

        void emit(Value value) {
            if (variables.containsKey(value) || convolutions.isSpared(value)) {
                return;
            }
            if (convolutions.contains(value)) {
                emitConvolution(value);
                return;
            }
            pairs.inputs(value).forEach(this::emit);
            if (pairs.partner(value).isPresent()) {
                emitPair(value, pairs.partner(value).orElseThrow());
            } else {
                List<SDVariable> inputs =
                        value.inputs().stream().map(variables::get).toList();
                variables.put(value, value.op().emit(emitter, value, inputs));
            }
        }

        private void emitConvolution(Value product) {
            List<Value> inputs = DirectConvolutions.inputs(product);
            inputs.forEach(this::emit);
            Value images = inputs.get(0);
            ConvGeometry geometry = convolutions.geometry(product).times(emitter.copies(images));
            SDVariable x = Lookup.in(variables, images);
            variables.put(product, emitter.convolve(geometry, x, Lookup.in(variables, inputs.get(1))));
        }

        private void emitPair(Value one, Value other) {
            boolean first = one.op() instanceof Convolution.InputGradient;
            Value byInput = first ? one : other;
            Value byWeights = first ? other : one;
            ConvGeometry geometry = ((Convolution.WeightGradient) byWeights.op()).geometry();
            SDVariable x = Lookup.in(variables, byWeights.input(0));
            SDVariable w = Lookup.in(variables, byInput.input(0));
            List<SDVariable> both = emitter.convolveBack(geometry, x, w, Lookup.in(variables, byInput.input(1)));
            variables.put(byInput, both.get(0));
            variables.put(byWeights, both.get(1));
        }
    }
}
