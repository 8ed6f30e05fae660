package io.fewshot4j.catalog;

import io.fewshot4j.data.ClassSubset;
import io.fewshot4j.data.ImageDataset;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Classes that heads are tested on, and others that they may learn from: these have no class of the test.
 *
 * @param training classes that a centre is the mean of
 * @param validation classes that a head is chosen by
 */
public record HeadData(ImageDataset tested, ImageDataset training, ImageDataset validation) {
    public HeadData {
        training = without(tested, training);
        validation = without(tested, validation);
    }

    private static ImageDataset without(ImageDataset tested, ImageDataset others) {
        Set<String> names = IntStream.range(0, tested.classCount())
                .mapToObj(tested::className)
                .collect(Collectors.toSet());
        return new ClassSubset(
                others,
                IntStream.range(0, others.classCount())
                        .filter(c -> !names.contains(others.className(c)))
                        .boxed()
                        .toList());
    }
}
