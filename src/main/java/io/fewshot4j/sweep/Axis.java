package io.fewshot4j.sweep;

import io.fewshot4j.FewShotException;
import java.util.List;

/** Values of one setting that a sweep searches. */
public sealed interface Axis permits Choices, Range {
    /** The value at a place from 0 (included) to 1 (excluded), all places being equally likely. */
    String at(double place);

    /**
     * Values of a grid.
     *
     * @throws FewShotException if their number is open
     */
    List<String> grid();

    /** Place of a value on an axis from 0 to 1. */
    double placeOf(String value);

    /** Values that an axis is labelled with. */
    List<String> labels();

    /** Whether a setting's text is an axis rather than a value. */
    static boolean isAxis(String text) {
        return text.contains("|") || Range.isRange(text);
    }
}
