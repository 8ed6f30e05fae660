package io.fewshot4j.cli;

import io.fewshot4j.cli.console.Environment;
import io.fewshot4j.cli.run.TrainingData;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.html.ParallelAxis;
import io.fewshot4j.report.html.SweepView;
import io.fewshot4j.report.table.TrialRow;
import io.fewshot4j.sweep.Axis;
import io.fewshot4j.sweep.Halving;
import io.fewshot4j.sweep.SweepPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Facts of a sweep for its page. */
final class SweepFacts {
    private SweepFacts() {}

    static SweepView view(SweepPlan plan, TrainingData data, String command) {
        List<ParallelAxis> axes = plan.space().axes().entrySet().stream()
                .map(axis -> axis(axis.getKey(), axis.getValue()))
                .toList();
        return new SweepView("Search from " + plan.preset().name(), command, axes, facts(plan, data));
    }

    private static ParallelAxis axis(String key, Axis axis) {
        Map<String, Double> labels = new LinkedHashMap<>();
        axis.labels().forEach(value -> labels.put(value, axis.placeOf(value)));
        return new ParallelAxis(
                key, labels, (TrialRow row) -> axis.placeOf(row.settings().getOrDefault(key, "")));
    }

    private static Map<String, String> facts(SweepPlan plan, TrainingData data) {
        Halving halving = plan.halving();
        Map<String, String> facts = new LinkedHashMap<>();
        plan.searched().asMap().forEach(facts::put);
        plan.fixed().asMap().forEach(facts::put);
        facts.put("search", Kebab.of(plan.search().search()) + ", " + halving.trials() + " trials");
        facts.put(
                "compared at iterations",
                halving.rungs().stream().map(Numbers::count).collect(Collectors.joining(", ")));
        facts.put("iterations of all trials", Numbers.count(halving.iterations()));
        facts.put("seed of the search", Long.toString(plan.search().searchSeed()));
        facts.put("data", data.name());
        facts.put("data (SHA-256)", data.fingerprint());
        facts.put("processor", Environment.processor());
        facts.put("version", Environment.VERSION);
        return facts;
    }
}
