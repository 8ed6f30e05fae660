package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.head.Centre;
import io.fewshot4j.learner.head.Head;
import io.fewshot4j.training.EvaluationResult;
import io.fewshot4j.training.HeadTest;
import io.fewshot4j.training.JobWatch;
import io.fewshot4j.training.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Heads by name on the embedding of an experiment's trained model. */
public final class HeadTests {
    /** The head that validation chooses. */
    public static final String AUTO = "auto";

    private final Experiment experiment;
    private final HeadTest test;
    private final HeadData data;
    private Optional<Centre> centre = Optional.empty();

    /**
     * Tests of a model.
     *
     * @param experiment with the episodes that are asked for
     * @param trained workers over the model, the caller's
     */
    public HeadTests(Experiment experiment, Workers<Learner> trained, HeadData data, JobWatch watch) {
        this.experiment = experiment;
        this.test = new HeadTest(trained, experiment.episodes().normalisation(), watch);
        this.data = data;
    }

    /** The head of a name, centred on the mean of the training classes if it takes a centre and there are any. */
    public Head head(String name) {
        Head head = Heads.of(name);
        if (!head.takesCentre() || data.training().classCount() == 0) {
            return head;
        }
        if (centre.isEmpty()) {
            centre = Optional.of(test.centre(data.training()));
        }
        return head.centredOn(centre.get());
    }

    /** Accuracy of heads on the same episodes of the tested classes, in the order of the names. */
    public List<EvaluationResult> evaluate(Split split, EpisodeList episodes, List<String> names) {
        return evaluate(split, episodes, data.tested(), names);
    }

    private List<EvaluationResult> evaluate(
            Split split, EpisodeList episodes, ImageDataset images, List<String> names) {
        List<Head> heads = names.stream().map(this::head).toList();
        EpisodeList embedded = test.embedded(episodes, images);
        return IntStream.range(0, heads.size())
                .mapToObj(i -> test.evaluate(split, embedded, names.get(i), heads.get(i)))
                .toList();
    }

    /**
     * Accuracy of all inductive heads on validation episodes of the test's shape, the best first.
     *
     * @throws FewShotException if there are too few validation classes
     */
    public List<EvaluationResult> validate() {
        ImageDataset validation = data.validation();
        if (validation.classCount() < experiment.testShape().way()) {
            throw new FewShotException(
                    "head " + AUTO + " needs at least " + experiment.testShape().way()
                            + " validation classes to choose by, got " + validation.classCount() + "; name a head");
        }
        EpisodeList episodes = experiment.validationEpisodes(validation);
        return evaluate(Split.VALIDATION, episodes, validation, Heads.inductive()).stream()
                .sorted(Comparator.comparingDouble((EvaluationResult result) ->
                                result.modes().get(0).accuracy().mean())
                        .reversed())
                .toList();
    }
}
