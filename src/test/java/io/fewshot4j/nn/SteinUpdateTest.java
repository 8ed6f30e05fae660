package io.fewshot4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fewshot4j.graph.Blocks;
import io.fewshot4j.graph.Calculator;
import io.fewshot4j.graph.Gradients;
import io.fewshot4j.graph.Graph;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.graph.Ops;
import io.fewshot4j.graph.Shape;
import io.fewshot4j.graph.Value;
import io.fewshot4j.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Steps against plain Java, on energies sum c x^4 / 4 + x^2 / 2 whose gradient is c x^3 + x. */
final class SteinUpdateTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final double RATE = 0.1;
    private static final double CURVE = 0.3;
    private static final ParameterLayout NETWORK =
            ParameterLayout.none().with("a", 1, 2).with("b", 2, 1);
    private static final double[][] START = {{1, -0.5, 2, 0.25}, {0.5, 1.5, -1, 0.75}, {-2, 0.1, 0.4, 1}};

    private final Graph graph = new Graph();
    private final SteinUpdate update = new SteinUpdate(graph.filled(1, 1, RATE));

    private static Value energy(Map<String, Value> weights) {
        return weights.values().stream()
                .map(x -> {
                    Value square = Ops.multiply(x, x);
                    return Ops.sum(Ops.add(Ops.scale(Ops.multiply(square, square), CURVE / 4), Ops.scale(square, 0.5)));
                })
                .reduce((a, b) -> Ops.add(a, b))
                .orElseThrow();
    }

    private static double[] gradient(double[] particle) {
        return Arrays.stream(particle).map(x -> CURVE * x * x * x + x).toArray();
    }

    private static double[][] step(double[][] particles) {
        return PlainStein.step(particles, SteinUpdateTest::gradient, RATE);
    }

    private List<Map<String, Value>> particles(int count) {
        Particles particles = new Particles(NETWORK, count);
        return particles.split(graph.inputs(particles.layout()));
    }

    private static Map<String, double[]> inputs(double[][] particles) {
        Map<String, double[]> inputs = new LinkedHashMap<>();
        for (int i = 0; i < particles.length; i++) {
            inputs.put("particle" + i + ".a", Arrays.copyOfRange(particles[i], 0, 2));
            inputs.put("particle" + i + ".b", Arrays.copyOfRange(particles[i], 2, 4));
        }
        return inputs;
    }

    private static double[] of(List<Map<String, Value>> particles, double[][] start) {
        List<Value> all = new ArrayList<>();
        particles.forEach(particle ->
                particle.values().forEach(x -> all.add(Ops.reshape(x, 1, x.rows() * x.columns()))));
        return value(Blocks.concatenateColumns(all), start);
    }

    private static double[] value(Value value, double[][] start) {
        try (Calculator calculator = new Calculator(Map.of("value", value), inputs(start))) {
            return calculator.run().get("value");
        }
    }

    private static double[] flat(double[][] particles) {
        return Arrays.stream(particles).flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void particles_go_down_the_energy_and_away_from_each_other() {
        double[][] once = step(START);
        List<List<Map<String, Value>>> trajectory = update.unroll(particles(3), 2, SteinUpdateTest::energy);

        assertThat(of(trajectory.get(0), START)).containsExactly(flat(START));
        assertThat(of(trajectory.get(1), START)).containsExactly(flat(once), ROUNDING);
        assertThat(of(trajectory.get(2), START)).containsExactly(flat(step(once)), ROUNDING);
        assertThat(Lookup.in(trajectory.get(2).get(1), "b").shape()).isEqualTo(new Shape(2, 1));
    }

    @Test
    void one_particle_makes_plain_gradient_descent() {
        double[][] start = {START[0]};
        Map<String, Value> descent = new InnerLoop(name -> true, InnerLoop.gradientDescent(update.rate()), true)
                .unroll(particles(1).get(0), 2, SteinUpdateTest::energy)
                .last();

        assertThat(of(update.last(particles(1), 2, SteinUpdateTest::energy), start))
                .containsExactly(of(List.of(descent), start));
    }

    @Test
    void particles_that_are_all_equal_make_plain_gradient_descent() {
        double[][] equal = {START[0], START[0]};
        double[] moved = of(update.last(particles(2), 1, SteinUpdateTest::energy), equal);

        assertThat(moved[0]).isCloseTo(1 - RATE * (CURVE + 1), ROUNDING);
        assertThat(Arrays.copyOfRange(moved, 4, 8)).containsExactly(Arrays.copyOf(moved, 4));
    }

    @Test
    void the_chaser_loss_is_the_squared_way_to_leaders_that_stay() {
        List<Map<String, Value>> chasers = particles(3);
        List<Map<String, Value>> leaders = update.last(chasers, 1, SteinUpdateTest::energy);
        Value loss = SteinUpdate.chaserLoss(chasers, leaders);
        double[][] end = step(START);

        assertThat(value(loss, START)[0]).isCloseTo(PlainStein.squaredDistance(START, end), ROUNDING);
        double[] gradient = value(
                Gradients.of(loss, List.of(Lookup.in(chasers.get(0), "a"))).get(0), START);
        assertThat(gradient)
                .containsExactly(new double[] {2 * (START[0][0] - end[0][0]), 2 * (START[0][1] - end[0][1])}, ROUNDING);
    }

    @Test
    void without_leader_steps_the_chaser_loss_is_0() {
        List<Map<String, Value>> chasers = update.last(particles(3), 1, SteinUpdateTest::energy);
        Value loss = SteinUpdate.chaserLoss(chasers, update.last(chasers, 0, SteinUpdateTest::energy));

        assertThat(value(loss, START)).containsExactly(0);
    }
}
