package io.fewshot4j.training;

/** Hears of every event, on the training thread: must be quick. */
@FunctionalInterface
public interface TrainingListener {
    void on(TrainingEvent event);
}
