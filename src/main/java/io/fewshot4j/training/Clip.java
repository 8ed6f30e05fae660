package io.fewshot4j.training;

/** Ways to keep a meta-gradient small. */
public enum Clip {
    /** Not at all. */
    NONE,
    /** Each element to the range from minus to plus the clip value. */
    VALUE,
    /** The whole gradient to the clip value in Euclidean norm. */
    NORM
}
