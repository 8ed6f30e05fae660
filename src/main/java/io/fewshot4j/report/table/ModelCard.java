package io.fewshot4j.report.table;

import io.fewshot4j.report.Numbers;
import java.util.stream.Collectors;

/** The page of a model that is handed on, as Markdown. */
public final class ModelCard {
    private ModelCard() {}

    /** Facts that a stranger needs: origin, figures, use, licence. */
    public static String markdown(String name, ResultRow row) {
        ResultRow.Claim claim = row.claim();
        ResultRow.Training training = row.training();
        ResultRow.Test test = row.test();
        ResultRow.Origin origin = row.origin();
        return """
                # %s

                %s, by preset `%s` (%s). `results.json` holds all that is said here and every setting; `classes.txt` the classes that it was trained,
                validated and tested on.

                ## Figures

                | batch statistics | accuracy |
                |---|---|
                %s
                Tested once on %s: %d-way %d-shot, %s, seed %d, SHA-256 of the episodes `%s`. The published figure is %s (%s).

                ## Training

                On %s (SHA-256 of the training classes `%s`), %s iterations, seed %d; the model is that of iteration %s, the best by validation.
                %s; %s of wall time, which counts pauses and other work of the machine, too. fewshot4j %s:

                    %s

                ## Use

                Made for images like those that it was trained on; of other ones expect less.

                    fewshot4j classify --run models:%s --support my/classes --queries my/new

                ## Licence

                The parameters are under this project's licence, Apache-2.0. They hold no image of the data.
                """.formatted(
                        name,
                        claim.title(),
                        claim.preset(),
                        claim.source(),
                        figures(test),
                        origin.dataset(),
                        test.way(),
                        test.shot(),
                        test.protocol(),
                        test.seed(),
                        test.episodesHash(),
                        claim.published(),
                        claim.protocol(),
                        origin.dataset(),
                        origin.dataFingerprint(),
                        row.iterations(),
                        origin.seed(),
                        Numbers.count(training.tested()),
                        origin.machine(),
                        row.time(),
                        origin.version(),
                        origin.command(),
                        name);
    }

    private static String figures(ResultRow.Test test) {
        return test.figures().stream()
                .map(figure -> "| " + figure.conditions() + " | " + figure.text() + " |\n")
                .collect(Collectors.joining());
    }
}
