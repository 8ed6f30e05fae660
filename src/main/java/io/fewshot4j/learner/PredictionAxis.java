package io.fewshot4j.learner;

/** Count that the scores of {@link Predictions} follow. */
public enum PredictionAxis {
    /** Before adaptation, then after each inner step. */
    INNER_STEP("inner step", 0),
    /** Images of each class seen before, none, one, two, ...: of the first instance of a class, the second, ... */
    INSTANCE("instance", 1);

    private final String label;
    private final int first;

    PredictionAxis(String label, int first) {
        this.label = label;
        this.first = first;
    }

    /** {@code inner step} or {@code instance}. */
    public String label() {
        return label;
    }

    /** The number of the first scores. */
    public int first() {
        return first;
    }

    /**
     * The scores at {@code index}, counted from 0: {@code before adaptation}, {@code after step 2}, {@code instance 5}.
     */
    public String name(int index) {
        if (this == INSTANCE) {
            return label + " " + (first + index);
        }
        return index == 0 ? "before adaptation" : "after step " + index;
    }
}
