package io.fewshot4j.data.omniglot;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.store.ImageListing;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The one-shot classification runs of <a href="https://doi.org/10.1126/science.aab3050">Lake et al. 2015</a>: in each,
 * one drawing of every class to learn from and one to classify, all of one alphabet of the evaluation set.
 */
public final class OneShotRuns {
    /** Position of the image to classify among a class's two. */
    public static final int QUERY = 0;

    /** Position of the image to learn from among a class's two. */
    public static final int SUPPORT = 1;

    private final ImageDataset images;
    private final Map<String, List<Integer>> runs;

    private OneShotRuns(ImageDataset images) {
        this.images = images;
        this.runs = new TreeMap<>();
        for (int c = 0; c < images.classCount(); c++) {
            String name = images.className(c);
            runs.computeIfAbsent(name.substring(0, name.indexOf('/')), run -> new ArrayList<>())
                    .add(c);
        }
    }

    /**
     * Reads {@code runNN/class_labels.txt}, whose lines pair a test image with the training image of its class.
     *
     * @param path one-shot-all_runs.zip, or the folder that it unpacks to
     * @param decoder that of the model's training data
     * @throws FewShotException if it is something else, a run is not whole, or an image is damaged
     */
    public static OneShotRuns read(Path path, ImageDecoder decoder) {
        try (ImageSource source = ImageSource.open(path)) {
            Map<String, ImageFile> files = new HashMap<>();
            source.files().forEach(file -> files.put(file.path(), file));
            List<Labelled> images = new ArrayList<>();
            for (ImageFile labels : source.others()) {
                if (labels.name().equals("class_labels.txt")) {
                    add(labels, files, images);
                }
            }
            requireAllLabelled(path, source, images);
            ImageListing listing = new ImageListing("one-shot-runs", source.stamps(), images);
            OneShotRuns read = new OneShotRuns(listing.decodeToHeap(decoder, DecodeProgress.silent()));
            read.check(path);
            return read;
        }
    }

    /** A run of which the labels are missing would be passed over. */
    private static void requireAllLabelled(Path path, ImageSource source, List<Labelled> images) {
        Set<String> labelled = images.stream()
                .map(image -> image.className().substring(0, image.className().indexOf('/')))
                .collect(Collectors.toSet());
        for (ImageFile file : source.files()) {
            String[] parts = file.path().split("/", -1);
            String run = parts.length < 3 ? "" : parts[parts.length - 3];
            if (run.matches("run[0-9]+") && !labelled.contains(run) && !labelled.isEmpty()) {
                throw new FewShotException(
                        path + " is not whole: " + run + " has images but no class_labels.txt; get it again");
            }
        }
    }

    private static void add(ImageFile labels, Map<String, ImageFile> files, List<Labelled> images) {
        if (new String(labels.read(), StandardCharsets.UTF_8).isBlank()) {
            throw new FewShotException(labels.where() + " is empty: get it again");
        }
        String around = labels.folder().substring(0, labels.folder().lastIndexOf('/') + 1);
        for (String line :
                new String(labels.read(), StandardCharsets.UTF_8).lines().toList()) {
            String[] pair = line.strip().split("\\s+", -1);
            if (pair.length != 2 || !pair[0].contains("/test/") || !pair[1].contains("/training/")) {
                throw new FewShotException(
                        labels.where() + " must have lines \"run01/test/item01.png run01/training/class08.png\", got \""
                                + line + "\"");
            }
            String run = pair[1].substring(0, pair[1].indexOf('/'));
            String name = pair[1].substring(pair[1].lastIndexOf('/') + 1).replaceAll("\\.[^.]*$", "");
            for (String image : pair) {
                ImageFile file = files.get(around + image);
                if (file == null) {
                    throw new FewShotException(
                            labels.where() + " names " + image + ", which is not there: get it again");
                }
                images.add(new Labelled(run + "/" + name, image, file)); // "test" comes before "training"
            }
        }
    }

    private void check(Path path) {
        if (runs.isEmpty()) {
            throw new FewShotException(
                    path + " holds no runNN/class_labels.txt: give Omniglot's one-shot-all_runs.zip");
        }
        int way = way();
        runs.forEach((run, classes) -> {
            if (classes.size() != way || classes.stream().anyMatch(c -> images.imageCount(c) != 2)) {
                throw new FewShotException(path + " is not whole: " + run + " must have " + way
                        + " classes of one training and one test image each; get it again");
            }
        });
    }

    /** All images: two of each class, which is called {@code run01/class01}. */
    public ImageDataset images() {
        return images;
    }

    /** The names of the runs. */
    public List<String> names() {
        return List.copyOf(runs.keySet());
    }

    /** The classes of each run, in the order of the names. */
    public List<List<Integer>> classes() {
        return List.copyOf(runs.values());
    }

    /** The classes of a run. */
    public int way() {
        return runs.values().iterator().next().size();
    }
}
