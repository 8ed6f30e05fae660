package io.fewshot4j.data.omniglot;

/** Choice of whether ink or paper has the value one. Papers differ, and a model trained on one fails on the other. */
public enum Ink {
    /** Dark strokes become 1: MAML, prototypical networks. */
    INK_ONE,
    /** Pixels as stored, paper is 1: Reptile, MAML++, relation networks. */
    PAPER_ONE
}
