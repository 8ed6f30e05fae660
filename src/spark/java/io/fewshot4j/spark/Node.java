package io.fewshot4j.spark;

import io.fewshot4j.backend.Backends;
import io.fewshot4j.backend.Device;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.options.Settings;
import io.fewshot4j.tensor.Parameters;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.spark.SparkFiles;
import org.nd4j.linalg.api.buffer.DataType;

/** State that an executor keeps from task to task: of the latest job, its data and learners. */
final class Node {
    private static Optional<Node> latest = Optional.empty();

    private final Job job;
    private final Experiment experiment;
    private final LongFunction<Episode> episodes;
    private final Deque<Slot> idle = new ArrayDeque<>();
    private boolean retired;

    /** A learner over a model of its own, so that a task which Spark has given up cannot disturb another. */
    record Slot(Model model, Learner learner) {
        void close() {
            learner.close();
            model.close();
        }
    }

    private Node(Job job) {
        this.job = job;
        Backends.start(Device.CPU);
        Experiment given = experiment(job.settings());
        if (job.images().isEmpty()) {
            experiment = given;
            episodes = given.plan("", "").tasks();
            return;
        }
        ImageDataset images = open(job.images().get(0));
        if (job.tests().isEmpty()) {
            experiment = given.trainedOn(images);
            episodes = experiment.trainingEpisodes(images)::episode;
        } else {
            Job.Tests tests = job.tests().get(0);
            EpisodeList list = experiment(tests.settings()).testEpisodes(images, tests.count(), tests.seed());
            experiment = given;
            episodes = index -> list.episode(Math.toIntExact(index));
        }
    }

    private static Experiment experiment(Map<String, String> settings) {
        return Experiment.of(Settings.of(settings));
    }

    private static ImageDataset open(Job.Images images) {
        Path file = Path.of(images.shared() ? images.file() : SparkFiles.get(images.file()));
        return PackedCache.open(file, images.fingerprint());
    }

    /**
     * The state of a job, made at its first task.
     *
     * @throws io.fewshot4j.FewShotException if this machine lacks its data
     */
    static synchronized Node of(Job job) {
        if (latest.isPresent() && latest.get().job.id().equals(job.id())) {
            return latest.get();
        }
        latest.ifPresent(Node::retire);
        latest = Optional.empty();
        Node node = new Node(job);
        latest = Optional.of(node);
        return node;
    }

    private synchronized void retire() {
        retired = true;
        idle.forEach(Slot::close);
        idle.clear();
    }

    /** Training task or test episode of an index. */
    Episode episode(long index) {
        return episodes.apply(index);
    }

    /** Does some work with a learner at these values; learners are kept for the next. */
    <R> R with(Values values, Function<Learner, R> work) {
        Slot slot = borrow();
        try {
            values.into(slot.model());
            return work.apply(slot.learner());
        } finally {
            giveBack(slot);
        }
    }

    private Slot borrow() {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        Model model = new Model(
                Parameters.zeros(job.layout().parameters(), DataType.FLOAT),
                Parameters.zeros(job.layout().statistics(), DataType.FLOAT));
        return new Slot(model, experiment.learner(model));
    }

    private synchronized void giveBack(Slot slot) {
        if (retired) {
            slot.close();
        } else {
            idle.push(slot);
        }
    }
}
