package io.fewshot4j.training;

import io.fewshot4j.options.Describe;

/** The meta-optimiser: rule, learning rate and its schedule, clipping. */
public record OptimizerSettings(
        @Describe("rule of the meta-update") Updater updater,

        @Describe("learning rate of the meta-update, above 0")
        double metaLearningRate,

        @Describe("how the meta-learning rate falls") LearningRateSchedule learningRateSchedule,

        @Describe("iterations between two decays of schedule step, at least 1")
        long scheduleStep,

        @Describe("factor of a decay of schedule step, above 0 and at most 1")
        double scheduleDecay,

        @Describe("the schedule does not go below this learning rate, at least 0")
        double minLearningRate,

        @Describe("momentum of updater nesterovs, from 0 to below 1")
        double momentum,

        @Describe("how the meta-gradient is limited") Clip clip,
        @Describe("limit of clip value or norm, above 0") double clipValue) {
    public OptimizerSettings {
        require(metaLearningRate > 0, "meta-learning-rate must be above 0, got " + metaLearningRate);
        require(scheduleStep >= 1, "schedule-step must be at least 1, got " + scheduleStep);
        require(
                scheduleDecay > 0 && scheduleDecay <= 1,
                "schedule-decay must be above 0 and at most 1, got " + scheduleDecay);
        require(
                minLearningRate >= 0 && minLearningRate <= metaLearningRate,
                "min-learning-rate must be from 0 to meta-learning-rate " + metaLearningRate + ", got "
                        + minLearningRate);
        require(momentum >= 0 && momentum < 1, "momentum must be from 0 to below 1, got " + momentum);
        require(clipValue > 0, "clip-value must be above 0, got " + clipValue);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Adam at 0.001 without schedule or clipping. */
    public static OptimizerSettings defaults() {
        return new OptimizerSettings(
                Updater.ADAM, 1e-3, LearningRateSchedule.CONSTANT, 1000, 0.5, 0, 0.9, Clip.NONE, 10);
    }

    /** The learning rate of the update that follows {@code iteration} others, of {@code iterations} in all. */
    double learningRate(long iteration, long iterations) {
        double part = Math.min(1, (double) iteration / iterations);
        double range = metaLearningRate - minLearningRate;
        return switch (learningRateSchedule) {
            case CONSTANT -> metaLearningRate;
            case STEP ->
                Math.max(
                        minLearningRate,
                        metaLearningRate * Math.pow(scheduleDecay, Math.floorDiv(iteration, scheduleStep)));
            case LINEAR -> minLearningRate + range * (1 - part);
            case COSINE -> minLearningRate + range * (1 + Math.cos(Math.PI * part)) / 2;
        };
    }
}
