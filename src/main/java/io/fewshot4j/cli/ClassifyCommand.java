package io.fewshot4j.cli;

import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.DecodingLine;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.run.HeadTrials;
import io.fewshot4j.cli.run.ShippedModels;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.Scores;
import io.fewshot4j.learner.head.HeadLearner;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.options.Nearest;
import io.fewshot4j.report.WholeFiles;
import io.fewshot4j.report.console.ProgressLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Classes of a user's new images, learned from a few images of each class. */
final class ClassifyCommand implements Command {
    /** Queries answered at a time where each is answered on its own. */
    private static final int CHUNK = 64;

    private static final List<String> STATISTICS =
            Arrays.stream(BatchStatistics.values()).map(ClassifyCommand::word).toList();

    private static String word(BatchStatistics statistics) {
        return statistics == BatchStatistics.SUPPORT_AND_ONE_QUERY ? "one-by-one" : Kebab.of(statistics);
    }

    @Override
    public String name() {
        return "classify";
    }

    @Override
    public String summary() {
        return "classify new images from a few images of each class, with a trained run";
    }

    @Override
    public String usage() {
        return "--run RUN --support DIR --queries DIR|FILE [--csv FILE] [--statistics batch|one-by-one|running]"
                + "\n     [--head NAME|auto [--data PATH]]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value("run", "RUN", "the folder that train made, or models:NAME"))
                .addOption(Flags.value("support", "DIR", "one folder for each class, with a few images"))
                .addOption(Flags.value("queries", "DIR|FILE", "the images to classify, or one image"))
                .addOption(Flags.value("csv", "FILE", "write all probabilities there, too"))
                .addOption(Flags.value(
                        "statistics", "KIND", "what batch normalisation sees: one-by-one, running or batch, see below"))
                .addOption(HeadTrials.ONE)
                .addOption(Flags.value(
                        "data", "PATH", "the run's data, for --head: to choose by, and for the centre of simpleshot"))
                .addOption(DataFlags.CACHE)
                .addOption(Flags.value(
                        "checkpoint", "best|latest", "the run's best by validation, the default, or its latest"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j classify --run runs/maml --support my/classes --queries my/new",
                "fewshot4j classify --run runs/protonet --support my/classes --queries new.png --json",
                "fewshot4j classify --run runs/protonet --support my/classes --queries my/new --head logistic");
    }

    @Override
    public String details() {
        return """
                Batch normalisation takes mean and variance
                  one-by-one  from the support set and one query: an answer does not depend on the other queries
                  running     from the averages of training (metric learners alone): neither does it here
                  batch       from all queries together: an answer depends on the other queries (transductive)
                With --head the embedding takes running ones, and nothing else depends on the other queries but soft-k-means.
                Without --statistics it is what the run was validated with, or one-by-one if that was batch.
                """;
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        CheckpointChoice choice = CheckpointChoice.of(flags.getOptionValue("checkpoint", "best"));
        Optional<BatchStatistics> wanted = wanted(flags);
        Optional<Path> csv = csv(flags);
        Classification result;
        boolean headed = !HeadTrials.names(flags).isEmpty();
        try (OpenedRun run = Runs.open(ShippedModels.run(Flags.required(flags, "run")), choice);
                DecodingLine progress = new DecodingLine(console)) {
            OwnTask task = OwnTask.read(
                    Path.of(Flags.required(flags, "support")),
                    Path.of(Flags.required(flags, "queries")),
                    run.experiment().decoder(),
                    run.experiment().episodes().normalisation(),
                    progress);
            console.compute();
            result = headed
                    ? byHead(run, HeadTrials.one(run.experiment(), run.model(), flags, console), task, console)
                    : byLearner(run, wanted.orElseGet(() -> inductive(run)), task, console);
        }
        console.result(result, result.text());
        csv.ifPresent(file -> WholeFiles.write(file, result.csv()));
        return 0;
    }

    private static Classification byLearner(OpenedRun run, BatchStatistics statistics, OwnTask task, Console console) {
        try (Learner learner = run.learner()) {
            String name = run.experiment().learnerName();
            return classification(run, name, task, statistics, answers(learner, task, statistics, console));
        }
    }

    private static Classification byHead(OpenedRun run, HeadTrials.Named head, OwnTask task, Console console) {
        try (Learner learner = HeadLearner.on(run.learner(), head.head())) {
            BatchStatistics statistics = head.head().transductive() ? BatchStatistics.BATCH : BatchStatistics.RUNNING;
            String name = run.experiment().learnerName() + " with head " + head.name();
            return classification(run, name, task, statistics, answers(learner, task, statistics, console));
        }
    }

    private static Optional<BatchStatistics> wanted(CommandLine flags) throws ParseException {
        Optional<String> word = Flags.optional(flags, "statistics");
        Optional<BatchStatistics> statistics = Arrays.stream(BatchStatistics.values())
                .filter(one -> word.filter(word(one)::equals).isPresent())
                .findFirst();
        if (word.isPresent() && statistics.isEmpty()) {
            throw new ParseException("--statistics must be one of " + String.join(", ", STATISTICS) + ", got \""
                    + word.get() + "\"" + Nearest.hint(word.get(), STATISTICS));
        }
        return statistics;
    }

    private static BatchStatistics inductive(OpenedRun run) {
        BatchStatistics validation = run.experiment().training().validationStatistics();
        return validation.transductive() ? BatchStatistics.SUPPORT_AND_ONE_QUERY : validation;
    }

    private static List<Classification.Answer> answers(
            Learner learner, OwnTask task, BatchStatistics statistics, Console console) {
        int count = task.queries().count();
        int chunk = statistics.transductive() ? count : CHUNK;
        List<Classification.Answer> answers = new ArrayList<>();
        try (ProgressLine progress = ProgressLine.counting(console.progress(), "classifying", "images", count);
                Adapted adapted = learner.adapt(task.supportSet())) {
            for (int from = 0; from < count; from += chunk) {
                int to = Math.min(count, from + chunk);
                Scores scores = adapted.score(task.queries(from, to), statistics);
                for (int query = from; query < to; query++) {
                    answers.add(Classification.Answer.of(
                            task.queries().name(query), task.classNames(), scores, query - from));
                }
                progress.advance(to - from);
            }
        }
        return answers;
    }

    private static Classification classification(
            OpenedRun run,
            String learner,
            OwnTask task,
            BatchStatistics statistics,
            List<Classification.Answer> answers) {
        Map<String, Integer> shots = new LinkedHashMap<>();
        for (int label = 0; label < task.classNames().size(); label++) {
            shots.put(task.classNames().get(label), task.support().imageCount(label));
        }
        return new Classification(
                run.path(), run.checkpointName(), learner, word(statistics), statistics.transductive(), shots, answers);
    }

    /** Before the work, so that its answers are not for nothing. */
    private static Optional<Path> csv(CommandLine flags) {
        Optional<Path> file = Flags.path(flags, "csv");
        file.map(Path::toAbsolutePath)
                .map(Path::getParent)
                .filter(Predicate.not(Files::isDirectory))
                .ifPresent(folder -> {
                    throw new FewShotException("--csv must be a file in a folder that exists, got " + file.get()
                            + "; make the folder first");
                });
        file.filter(Files::isDirectory).ifPresent(folder -> {
            throw new FewShotException("--csv must be a file, got the folder " + folder + "; name a file in it");
        });
        return file;
    }
}
