package io.fewshot4j.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Successive halving with the rungs of ASHA (Li et al. 2020, <a href="https://arxiv.org/abs/1810.05934">A System for
 * Massively Parallel Hyperparameter Tuning</a>): of the trials of a rung one in {@code reduction} goes on to the next.
 * A trial goes on as soon as no trial that is still under way could take its place, so that the order in which trials
 * finish changes nothing; ASHA itself goes on with the best so far.
 *
 * <p>Trials count from 0. The scores of a trial are those of the rungs that it has come to, in order; equal ones rank
 * by number.
 *
 * @param trials of the first rung
 * @param rungs iterations at which trials are compared, ascending
 */
public record Halving(int trials, List<Long> rungs, int reduction) {
    public Halving {
        rungs = List.copyOf(rungs);
    }

    static Halving of(int trials, SweepSettings settings, long iterations) {
        List<Long> rungs = new ArrayList<>();
        long rung = settings.firstIterations();
        while (rung > 0 && rung < iterations) {
            rungs.add(rung);
            rung = rung > iterations / settings.reduction() ? iterations : rung * settings.reduction();
        }
        rungs.add(iterations);
        return new Halving(trials, rungs, settings.reduction());
    }

    /** Number of trials that come to a rung. */
    public int size(int rung) {
        int size = trials;
        for (int i = 0; i < rung; i++) {
            size = Math.max(1, size / reduction);
        }
        return size;
    }

    /** Trials that are to be trained to their next rung, in order; none where the search is over. */
    public List<Integer> due(List<List<Double>> scores) {
        List<Set<Integer>> ahead = IntStream.range(0, rungs.size() - 1)
                .mapToObj(rung -> ahead(rung, scores))
                .toList();
        return IntStream.range(0, trials)
                .filter(trial -> isDue(trial, scores.get(trial).size(), ahead))
                .boxed()
                .toList();
    }

    private boolean isDue(int trial, int reached, List<Set<Integer>> ahead) {
        return reached == 0 || (reached < rungs.size() && ahead.get(reached - 1).contains(trial));
    }

    /** Trials that are among the best of a rung whatever those do that have yet to come to it. */
    private Set<Integer> ahead(int rung, List<List<Double>> scores) {
        List<Integer> there = IntStream.range(0, trials)
                .boxed()
                .filter(trial -> scores.get(trial).size() > rung)
                .sorted(Comparator.comparing(trial -> -scores.get(trial).get(rung))) // equal ones stay in order
                .toList();
        int underWay = size(rung) - there.size();
        return new HashSet<>(there.subList(0, Math.max(0, Math.min(there.size(), size(rung + 1) - underWay))));
    }

    /** Trials, the best first: those that came furthest, by their last score. */
    public static List<Integer> ranking(List<List<Double>> scores) {
        Comparator<Integer> furthest =
                Comparator.comparing(trial -> -scores.get(trial).size());
        return IntStream.range(0, scores.size())
                .boxed()
                .sorted(furthest.thenComparing(trial -> -last(scores.get(trial))))
                .toList();
    }

    private static double last(List<Double> scores) {
        return scores.isEmpty() ? 0 : scores.get(scores.size() - 1);
    }

    /** Iterations of the whole search, with every trial trained to its rung. */
    public long iterations() {
        long sum = 0;
        for (int rung = 0; rung < rungs.size(); rung++) {
            long from = rung == 0 ? 0 : rungs.get(rung - 1);
            sum += size(rung) * (rungs.get(rung) - from);
        }
        return sum;
    }
}
