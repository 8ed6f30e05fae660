package io.fewshot4j.cli;

import io.fewshot4j.options.Nearest;
import java.util.List;
import org.apache.commons.cli.ParseException;

/** Choice of the checkpoint at which a run is opened. */
enum CheckpointChoice {
    /** The best by validation; the latest where there was no validation. */
    BEST,
    /** The one of the highest iteration. */
    LATEST;

    private static final List<String> NAMES = List.of("best", "latest");

    /** The choice of a flag's value. */
    static CheckpointChoice of(String value) throws ParseException {
        if (!NAMES.contains(value)) {
            throw new ParseException(
                    "--checkpoint must be best or latest, got \"" + value + "\"" + Nearest.hint(value, NAMES));
        }
        return values()[NAMES.indexOf(value)];
    }
}
