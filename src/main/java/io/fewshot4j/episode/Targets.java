package io.fewshot4j.episode;

import java.util.Arrays;

/** Targets of the examples of a set: labels, or values of a function. */
abstract sealed class Targets {
    abstract int count();

    /** Labels, the array itself. */
    abstract int[] labels();

    /** [count, outputs]. */
    abstract float[] rows(int outputs);

    abstract Targets select(int... examples);

    /** These and, as the last one, example {@code index} of others of the same kind. */
    abstract Targets with(Targets other, int index);

    /** A class for each example. */
    static final class Labels extends Targets {
        private final int[] labels;

        Labels(int[] labels) {
            this.labels = labels;
        }

        @Override
        int count() {
            return labels.length;
        }

        @Override
        int[] labels() {
            return labels;
        }

        @Override
        float[] rows(int outputs) {
            float[] rows = new float[labels.length * outputs];
            for (int i = 0; i < labels.length; i++) {
                rows[i * outputs + labels[i]] = 1;
            }
            return rows;
        }

        @Override
        Labels select(int... examples) {
            return new Labels(Arrays.stream(examples).map(i -> labels[i]).toArray());
        }

        @Override
        Labels with(Targets other, int index) {
            int[] all = Arrays.copyOf(labels, labels.length + 1);
            all[labels.length] = other.labels()[index];
            return new Labels(all);
        }
    }

    /** A function's value at each example. */
    static final class Values extends Targets {
        private final float[] values;

        Values(float[] values) {
            this.values = values;
        }

        @Override
        int count() {
            return values.length;
        }

        @Override
        int[] labels() {
            throw new IllegalStateException("examples of a function have values, not labels");
        }

        @Override
        float[] rows(int outputs) {
            if (outputs != 1) {
                throw new IllegalArgumentException("a function has 1 value, got " + outputs + " outputs");
            }
            return values.clone();
        }

        @Override
        Values select(int... examples) {
            float[] chosen = new float[examples.length];
            for (int i = 0; i < examples.length; i++) {
                chosen[i] = values[examples[i]];
            }
            return new Values(chosen);
        }

        @Override
        Values with(Targets other, int index) {
            float[] all = Arrays.copyOf(values, values.length + 1);
            all[values.length] = other.rows(1)[index];
            return new Values(all);
        }
    }
}
