package io.fewshot4j.data.folder;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Classes with too few images for episodes. */
final class SmallClasses {
    private SmallClasses() {}

    /** Leaves out the classes with fewer images, and tells which. */
    static List<Labelled> without(List<Labelled> images, int least, DecodeProgress progress) {
        Map<String, Long> counts = images.stream()
                .collect(Collectors.groupingBy(Labelled::className, TreeMap::new, Collectors.counting()));
        Set<String> small = counts.entrySet().stream()
                .filter(entry -> entry.getValue() < least)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!small.isEmpty()) {
            progress.note("left out " + small.size() + " of " + counts.size() + " classes, which have fewer than "
                    + least + " images (skip-small-classes), such as "
                    + small.iterator().next());
        }
        return images.stream()
                .filter(image -> !small.contains(image.className()))
                .toList();
    }
}
