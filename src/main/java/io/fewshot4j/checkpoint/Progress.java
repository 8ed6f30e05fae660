package io.fewshot4j.checkpoint;

import java.util.Optional;

/**
 * Progress of training.
 *
 * @param iteration meta-updates made
 * @param best the best validation so far
 * @param validationsSinceBest how many validations in a row were not better
 */
public record Progress(long iteration, Optional<Best> best, int validationsSinceBest) {
    /** Before the first update. */
    public static final Progress NONE = new Progress(0, Optional.empty(), 0);

    /** The best validation: its iteration and its mean accuracy, 0 to 1. */
    public record Best(long iteration, double accuracy) {}

    /** After one more update. */
    public Progress advanced() {
        return new Progress(iteration + 1, best, validationsSinceBest);
    }

    /** After a validation at this iteration; it is the best only if it is better than all before. */
    public Progress validated(double accuracy) {
        boolean better = best.map(b -> accuracy > b.accuracy()).orElse(true);
        return better
                ? new Progress(iteration, Optional.of(new Best(iteration, accuracy)), 0)
                : new Progress(iteration, best, validationsSinceBest + 1);
    }

    /** Whether the best validation was the one at this iteration. */
    public boolean isBest() {
        return best.map(b -> b.iteration() == iteration).orElse(false);
    }
}
