package io.fewshot4j.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * Joins consecutive pointwise operations of one length: a thread computes entry i of all of them. That is allowed where
 * no thread can read what another writes, nor write where another reads.
 */
final class Fusion {
    /** Operations of a group, so that a kernel's arguments stay few. */
    private static final int MOST = 24;

    private Fusion() {}

    /** Nodes in order, each a group of its own but for pointwise operations that are joined. */
    static List<List<Node>> groups(List<Node> nodes) {
        List<List<Node>> groups = new ArrayList<>();
        for (Node node : nodes) {
            if (groups.isEmpty() || !admits(groups.get(groups.size() - 1), node)) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(node);
        }
        return groups;
    }

    private static boolean admits(List<Node> group, Node next) {
        return group.size() < MOST
                && next instanceof Pointwise operation
                && group.stream()
                        .allMatch(member -> member instanceof Pointwise earlier && areJoinable(earlier, operation));
    }

    private static boolean areJoinable(Pointwise earlier, Pointwise later) {
        boolean apart =
                !earlier.output().overlaps(later.output()) || earlier.output().isAt(later.output());
        return earlier.output().length() == later.output().length()
                && apart
                && later.readsInStep(earlier.output())
                && earlier.readsInStep(later.output());
    }
}
