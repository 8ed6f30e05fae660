package io.fewshot4j.spark;

import io.fewshot4j.FewShotException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Executors of an application.
 *
 * @param mixed whether they may have other kinds of processors than the driver
 */
record Cluster(JavaSparkContext spark, boolean mixed) {
    /** Spark was stopped. */
    static final class StoppedException extends FewShotException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super(
                    "Spark must run until the work is done, but was stopped; a training goes on from its last checkpoint: train"
                            + " --resume");
        }
    }

    /**
     * Makes sure that there is a cluster still.
     *
     * @throws StoppedException if there is none
     */
    void requireRunning() {
        if (spark.sc().isStopped()) {
            throw new StoppedException();
        }
    }

    /** Cores of all executors, at least 1. */
    int cores() {
        return Math.max(1, spark.defaultParallelism());
    }

    /** Hands values out to all executors. */
    <T> Broadcast<T> broadcast(T values) {
        return spark.broadcast(values);
    }

    void forget(Broadcast<?> values) {
        if (!spark.sc().isStopped()) {
            values.destroy();
        }
    }

    /**
     * Computes over indices from 0 in contiguous shares, one for each core of the executors; the results come in order.
     *
     * @throws FewShotException if an executor cannot compute
     * @throws StoppedException if Spark was stopped meanwhile
     */
    <R extends Serializable> List<R> compute(int count, Function<Share, Answer<R>> work) {
        List<Share> shares = Share.of(count, cores());
        try {
            return Replies.results(
                    spark.parallelize(shares, shares.size()).map(work).collect(), mixed);
        } catch (FewShotException e) {
            throw e;
        } catch (Exception e) { // Scala does not declare that of a job, SparkException
            throw failed(e);
        }
    }

    private RuntimeException failed(Exception e) {
        if (spark.sc().isStopped()) {
            return new StoppedException();
        }
        if (e instanceof SparkException) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new FewShotException(
                    "Spark gave up a job: " + reason + "; look at the executors' logs, and give them more by"
                            + " spark.executor.memoryOverhead if they were killed",
                    e);
        }
        return e instanceof RuntimeException fault ? fault : new IllegalStateException(e);
    }
}
