package io.fewshot4j.spark;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.PairwiseSum;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Sums of meta-gradients over a share of a meta-batch, on an executor.
 *
 * @param groupSize tasks that one graph computes at a time
 * @param first index of the meta-batch's first task
 */
record GradientTask(Job job, Broadcast<Values> values, long iteration, long first, int groupSize)
        implements Function<Share, Answer<Subtotal>> {
    @Override
    public Answer<Subtotal> call(Share share) {
        return Replies.to(() -> {
            Node node = Node.of(job);
            return node.with(
                    values.value(),
                    learner -> PairwiseSum.subtrees(new PairwiseSum.Range(share.from(), share.to())).stream()
                            .map(run -> sum(node, learner, run))
                            .toList());
        });
    }

    private Subtotal sum(Node node, Learner learner, PairwiseSum.Range run) {
        List<Integer> groups = IntStream.range(run.from(), run.to()).boxed().toList();
        try (PairwiseSum sum = PairwiseSum.of(groups, group -> learner.metaGradient(tasks(node, group), iteration));
                MetaGradient whole = sum.sum()) {
            return new Subtotal(groups.size(), whole);
        }
    }

    private List<Episode> tasks(Node node, int group) {
        long from = first + (long) group * groupSize;
        return LongStream.range(from, from + groupSize).mapToObj(node::episode).toList();
    }
}
