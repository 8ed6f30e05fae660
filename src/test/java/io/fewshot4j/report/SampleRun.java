package io.fewshot4j.report;

import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Split;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.PredictionAxis;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.metrics.Interval;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.TrainingEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A made-up run of plausible figures, the same every time. */
public final class SampleRun {
    private static final ImageShape IMAGE = new ImageShape(28, 28, 1);
    private static final List<String> CLASSES =
            List.of("Futurama/character05", "Greek/alpha", "Tibetan/ཀ", "<script>alert(1)</script>", "A & \"B\" 'C'");

    private SampleRun() {}

    public static RunReport report(int iterations) {
        return new RunReport(facts(), history(iterations), List.of(evaluation()), List.of(picture(IMAGE, 3)));
    }

    public static RunFacts facts() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("preset", "maml/omniglot-5way-1shot");
        settings.put("inner-steps", "3");
        settings.put("inner-learning-rate", "0.4");
        settings.put("order", "2");
        settings.put("outer-learning-rate", "0.001");
        settings.put("meta-batch", "32");
        settings.put("filters", "64");
        settings.put("downsample", "stride");
        settings.put("note", "a <b> & \"c\"");
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("fewshot4j", "0.1.0");
        environment.put("Java", "17.0.15 (Debian)");
        environment.put("backend", "ND4J 1.0.0-M2.1, CPU with oneDNN");
        environment.put("processor", "Example CPU @ 2.50 GHz");
        environment.put("threads", "2");
        return new RunFacts(
                "MAML on Omniglot, 5-way 1-shot",
                "MAML (second order)",
                "Omniglot, 1100/100/423 classes",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "fewshot4j train --preset maml/omniglot-5way-1shot --data data/omniglot --out runs/maml",
                42,
                Duration.ofSeconds(3723),
                settings,
                environment);
    }

    public static History history(int iterations) {
        Random random = new Random(1);
        History history = new History();
        history.on(new TrainingEvent.Started(0, iterations, 32));
        for (int i = 1; i <= iterations; i++) {
            double rest = Math.exp(-i / (iterations / 5.0));
            double loss = 0.06 + 1.5 * rest + 0.12 * Math.abs(random.nextGaussian()) * (0.3 + rest);
            double accuracy = Math.min(1, 0.98 - 0.75 * rest + 0.03 * random.nextGaussian());
            history.on(new TrainingEvent.Updated(i, loss, accuracy, 1e-3, 0.07));
            if (i % (iterations / 10) == 0) {
                Interval interval = new Interval(0.975 - 0.7 * rest, 0.004 + 0.02 * rest, 200);
                history.on(new TrainingEvent.Validated(i, interval, loss + 0.02, i != iterations));
            }
        }
        history.on(new TrainingEvent.Stopped(iterations, TrainingEvent.Reason.FINISHED));
        return history;
    }

    public static EvaluationResult evaluation() {
        return evaluation(
                mode(BatchStatistics.BATCH, 0.2043, 0.9512, 0.9731, 0.9787),
                mode(BatchStatistics.SUPPORT_AND_ONE_QUERY, 0.2011, 0.9304, 0.9502, 0.9567));
    }

    public static EvaluationResult evaluation(EvaluationResult.Mode... modes) {
        String hash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        return new EvaluationResult(
                EvaluationResult.OWN,
                Split.TEST,
                new EpisodeShape(5, 1, 1),
                600,
                7,
                hash,
                PredictionAxis.INNER_STEP,
                List.of(modes));
    }

    public static EvaluationResult.Mode mode(BatchStatistics statistics, double... means) {
        List<Interval> steps = Arrays.stream(means)
                .mapToObj(mean -> new Interval(mean, 0.04 * Math.sqrt(mean * (1 - mean)), 600))
                .toList();
        double last = means[means.length - 1];
        List<Double> episodes =
                IntStream.range(0, 600).mapToObj(i -> i % 9 == 0 ? 0.8 : last).toList();
        return new EvaluationResult.Mode(statistics, steps, episodes);
    }

    /** Five classes with one to three support images each and so many queries a class. */
    public static EpisodePicture picture(ImageShape image, int perClass) {
        int way = CLASSES.size();
        int[] supportLabels = {0, 1, 2, 3, 4, 1, 2, 2};
        int[] queryLabels =
                IntStream.range(0, way * perClass).map(i -> (3 * i + 1) % way).toArray();
        double[] scores = new double[queryLabels.length * way];
        Arrays.fill(scores, 0.02);
        for (int query = 0; query < queryLabels.length; query++) {
            int said = query % 7 == 3 ? (queryLabels[query] + 1) % way : queryLabels[query];
            scores[query * way + said] = 0.92;
        }
        Episode episode = new Episode(CLASSES, images(image, supportLabels), images(image, queryLabels));
        return new EpisodePicture(episode, new Scores(way, scores), BatchStatistics.SUPPORT_AND_ONE_QUERY);
    }

    /** Three strokes a class, drawn by a shaky hand. */
    private static LabelledImages images(ImageShape image, int[] labels) {
        float[] pixels = new float[labels.length * image.size()];
        for (int i = 0; i < labels.length; i++) {
            Random strokes = new Random(labels[i]);
            Random hand = new Random(i);
            for (int dot = 0; dot < 54; dot++) {
                int row = dot % 18 == 0 ? 4 + strokes.nextInt(12) : 4 + (dot * (labels[i] + 1) + hand.nextInt(3)) % 20;
                int column = 3 + dot % 18 + hand.nextInt(2);
                int at = i * image.size() + (row * image.width() + column) * image.channels();
                Arrays.fill(pixels, at, at + image.channels(), 1f);
            }
        }
        return new LabelledImages(image, pixels, labels);
    }
}
