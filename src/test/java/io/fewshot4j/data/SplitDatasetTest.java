package io.fewshot4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SplitDatasetTest {
    /** A data set without a class. */
    private record Empty(ImageShape shape, String fingerprint) implements ImageDataset {
        @Override
        public int classCount() {
            return 0;
        }

        @Override
        public String className(int classIndex) {
            throw new IndexOutOfBoundsException(classIndex);
        }

        @Override
        public int imageCount(int classIndex) {
            throw new IndexOutOfBoundsException(classIndex);
        }

        @Override
        public String imageName(int classIndex, int image) {
            throw new IndexOutOfBoundsException(classIndex);
        }

        @Override
        public void read(int classIndex, int image, byte[] target, int offset) {
            throw new IndexOutOfBoundsException(classIndex);
        }
    }

    @Test
    void each_split_names_its_part() {
        ImageShape shape = new ImageShape(1, 1, 1);
        Empty train = new Empty(shape, "a");
        Empty validation = new Empty(shape, "b");
        Empty test = new Empty(shape, "c");
        SplitDataset dataset = new SplitDataset("three", train, validation, test);

        assertThat(dataset.of(Split.TRAIN)).isSameAs(train);
        assertThat(dataset.of(Split.VALIDATION)).isSameAs(validation);
        assertThat(dataset.of(Split.TEST)).isSameAs(test);
    }
}
