package io.fewshot4j.learner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Sum of the meta-gradients of equal groups of tasks, as a pairwise tree over their index: of n groups the first 2^k,
 * with 2^k the largest power below n, are one side and the others the other. So a run of 2^k groups that begins at a
 * multiple of 2^k may be summed anywhere, and the bits stay the same. There is at most one partial sum for each binary
 * digit of n.
 */
public final class PairwiseSum implements AutoCloseable {
    /** Subtrees that wait for the group behind them, the last on top, each smaller than the one below. */
    private final Deque<Part> parts = new ArrayDeque<>();

    /** A subtree's sum, in the memory of its first group. */
    private record Part(int groups, MetaGradient sum) {
        Part plus(Part next) {
            try (MetaGradient right = next.sum) {
                sum.gradient().flat().addi(right.gradient().flat());
                sum.statistics().flat().addi(right.statistics().flat());
                MetaGradient both = new MetaGradient(
                        sum.tasks() + right.tasks(),
                        sum.loss() + right.loss(),
                        sum.accuracy() + right.accuracy(),
                        sum.gradient(),
                        sum.statistics());
                return new Part(groups + next.groups, both);
            }
        }

        MetaGradient mean() {
            if (groups == 1) {
                return sum;
            }
            sum.gradient().flat().divi(groups);
            sum.statistics().flat().divi(groups);
            return new MetaGradient(
                    sum.tasks(), sum.loss() / groups, sum.accuracy() / groups, sum.gradient(), sum.statistics());
        }
    }

    /**
     * A sum that was computed elsewhere.
     *
     * @param groups how many it is over, a power of two
     * @param sum belongs to the result from now on
     */
    public static PairwiseSum of(int groups, MetaGradient sum) {
        PairwiseSum whole = new PairwiseSum();
        whole.parts.push(new Part(groups, sum));
        return whole;
    }

    /** The largest runs of a power of two, at multiples of their length, that make up the groups of a range. */
    public static List<Range> subtrees(Range groups) {
        List<Range> runs = new ArrayList<>();
        for (int from = groups.from();
                from < groups.to();
                from = runs.get(runs.size() - 1).to()) {
            int fitting = Integer.highestOneBit(groups.to() - from);
            int aligned = from == 0 ? fitting : Integer.lowestOneBit(from);
            runs.add(new Range(from, from + Math.min(fitting, aligned)));
        }
        return runs;
    }

    /** Groups from one (included) to another (excluded). */
    public record Range(int from, int to) {}

    /** The sum over some groups; the caller closes it. */
    public static <G> PairwiseSum of(List<G> groups, Function<G, MetaGradient> gradient) {
        PairwiseSum sum = new PairwiseSum();
        try {
            groups.forEach(group -> sum.add(new Part(1, gradient.apply(group))));
            return sum;
        } catch (RuntimeException | Error e) {
            sum.close();
            throw e;
        }
    }

    /** The mean over some groups, at least one. */
    public static <G> MetaGradient mean(List<G> groups, Function<G, MetaGradient> gradient) {
        try (PairwiseSum sum = of(groups, gradient)) {
            return sum.mean();
        }
    }

    /** Adds the sum of the groups that follow and takes over its memory. */
    public void add(PairwiseSum run) {
        Iterator<Part> first = run.parts.descendingIterator();
        while (first.hasNext()) {
            Part part = first.next();
            first.remove();
            add(part);
        }
    }

    private void add(Part next) {
        Part right = next;
        while (!parts.isEmpty() && parts.element().groups == right.groups) {
            right = parts.pop().plus(right);
        }
        parts.push(right);
    }

    /** The mean over all groups, at least one, which then belongs to the caller; the sum is empty after it. */
    public MetaGradient mean() {
        Part all = parts.pop();
        while (!parts.isEmpty()) {
            all = parts.pop().plus(all);
        }
        return all.mean();
    }

    /** The sum over a power of two of groups, which then belongs to the caller; the sum is empty after it. */
    public MetaGradient sum() {
        if (parts.size() != 1) {
            throw new IllegalStateException("one sum must be there, got " + parts.size());
        }
        return parts.pop().sum;
    }

    /** Number of partial sums held. */
    int size() {
        return parts.size();
    }

    @Override
    public void close() {
        parts.forEach(part -> part.sum.close());
        parts.clear();
    }
}
