package io.fewshot4j.learner.head;

import io.fewshot4j.FewShotException;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Cost;
import io.fewshot4j.learner.Embedding;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Support;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A head on an embedding, as a learner that is only tested. It takes any number of classes.
 *
 * @param model under the embedding, the caller's
 * @param below closes with this
 */
public record HeadLearner(Head head, Embedding embedded, Model model, Runnable below) implements Learner {
    /**
     * A head on a learner's embedding; it closes the learner.
     *
     * @throws FewShotException if the learner has none
     */
    public static HeadLearner on(Learner trained, Head head) {
        try {
            return new HeadLearner(head, embedding(trained), trained.model(), trained::close);
        } catch (FewShotException e) {
            trained.close();
            throw e;
        }
    }

    /** A head whose images are features already. */
    public static HeadLearner onFeatures(Head head, Model none) {
        return new HeadLearner(head, features -> features, none, () -> {});
    }

    /**
     * The embedding of a trained learner.
     *
     * @throws FewShotException if it has none
     */
    public static Embedding embedding(Learner trained) {
        return trained.embedding()
                .orElseThrow(
                        () -> new FewShotException(
                                "a head needs a learner with an embedding that stays as it is:"
                                        + " protonet, matching, relation, siamese, r2d2, baseline or pixels; this one adapts its network"));
    }

    @Override
    public Adapted adapt(Support support) {
        Adapted fitted = head.fit(new Support(support.classNames(), embedded.of(support.examples())));
        return (queries, statistics) -> {
            statistics.requireIn(supportedStatistics(), "the head");
            return fitted.score(embedded.of(queries), statistics);
        };
    }

    @Override
    public Optional<Embedding> embedding() {
        return Optional.of(embedded);
    }

    /**
     * A transductive head answers all queries as one batch; otherwise an image has one answer, by running
     * statistics.
     */
    @Override
    public Set<BatchStatistics> supportedStatistics() {
        return EnumSet.of(head.transductive() ? BatchStatistics.BATCH : BatchStatistics.RUNNING);
    }

    @Override
    public MetaGradient metaGradient(List<Episode> tasks) {
        throw new FewShotException("a head is not trained; train the learner under it");
    }

    @Override
    public Cost cost() {
        return new Cost(0, 0);
    }

    @Override
    public void close() {
        below.run();
    }
}
