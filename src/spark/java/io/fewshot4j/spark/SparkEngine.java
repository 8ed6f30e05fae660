package io.fewshot4j.spark;

import io.fewshot4j.catalog.Engine;
import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.TestEpisodes;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.store.PackedCache;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Model;
import io.fewshot4j.training.EpisodeScoring;
import io.fewshot4j.training.MetaBatches;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Executors of Spark, which is started when they are first needed. */
public final class SparkEngine implements Engine, AutoCloseable {
    /** Whether executors may have other kinds of processors than the driver. */
    static final String MIXED = "spark.fewshot4j.mixedProcessors";

    /** A folder that all nodes share, in which packed images are kept; without it Spark hands them out. */
    static final String CACHE = "spark.fewshot4j.cache";

    private final SparkConf conf;
    private final Set<Path> handedOut = new HashSet<>();
    private Optional<Cluster> cluster = Optional.empty();

    /** An engine as {@code spark-submit} says. */
    public SparkEngine() {
        this(new SparkConf());
    }

    SparkEngine(SparkConf conf) {
        this.conf = conf.setIfMissing("spark.app.name", "fewshot4j")
                .setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1")
                .setIfMissing("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
    }

    /** The executors; the first call starts Spark. */
    Cluster cluster() {
        if (cluster.isEmpty()) {
            JavaSparkContext spark = new JavaSparkContext(conf);
            spark.setLogLevel("WARN");
            cluster = Optional.of(new Cluster(spark, conf.getBoolean(MIXED, false)));
        }
        return cluster.get();
    }

    @Override
    public Optional<MetaBatches.Place<Episode, Learner>> training(
            Experiment experiment, Optional<ImageDataset> images) {
        return Optional.of((plan, model, workers, iteration) -> {
            List<Job.Images> shipped = images.map(this::ship).stream().toList();
            Job job = new Job(newId(), settings(experiment), Job.Layout.of(model), shipped, List.of());
            return new SparkBatches(cluster(), job, plan, model, workers);
        });
    }

    @Override
    public Optional<EpisodeScoring> test(TestEpisodes tests, Model model) {
        Job job = new Job(
                newId(),
                settings(tests.learning()),
                Job.Layout.of(model),
                List.of(ship(tests.images())),
                List.of(new Job.Tests(settings(tests.asked()), tests.count(), tests.seed())));
        return Optional.of(new SparkScoring(cluster(), job, model));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static LinkedHashMap<String, String> settings(Experiment experiment) {
        return new LinkedHashMap<>(experiment.settings().asMap());
    }

    private Job.Images ship(ImageDataset images) {
        boolean shared = conf.contains(CACHE);
        Path folder = shared ? Path.of(conf.get(CACHE)) : PackedCache.userFolder();
        Path file = new PackedCache(folder).keep(images).toAbsolutePath();
        if (!shared && handedOut.add(file)) {
            cluster().spark().addFile(file.toString());
        }
        return new Job.Images(shared ? file.toString() : file.getFileName().toString(), shared, images.fingerprint());
    }

    @Override
    public void close() {
        cluster.ifPresent(running -> running.spark().close());
    }
}
