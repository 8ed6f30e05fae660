package io.fewshot4j.data.omniglot;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.RotatedClasses;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.split.ClassSplit;
import io.fewshot4j.data.store.ImageListing;
import io.fewshot4j.data.store.ImageListing.Labelled;
import io.fewshot4j.data.store.PackedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Omniglot (Lake et al. 2015): 1623 characters of 50 alphabets, drawn by 20 people each. A class is called
 * {@code Alphabet/characterNN}.
 */
public final class Omniglot {
    private static final int DRAWINGS = 20;
    private static final List<String> PARTS = List.of("images_background", "images_evaluation");

    private Omniglot() {}

    /**
     * Reads the data set.
     *
     * @param path a folder with images_background.zip and images_evaluation.zip, or what they unpack to, directly or
     *     one folder deeper
     * @throws FewShotException if either is not there, characters or drawings are missing, or an image is damaged
     */
    public static SplitDataset load(Path path, OmniglotSettings settings, PackedCache cache, DecodeProgress progress) {
        List<Path> parts = PARTS.stream().map(part -> require(path, part)).toList();
        try (ImageSource background = ImageSource.open(parts.get(0));
                ImageSource evaluation = ImageSource.open(parts.get(1))) {
            List<Labelled> images = new ArrayList<>(label(PARTS.get(0), background));
            images.addAll(label(PARTS.get(1), evaluation));
            check(path, images);
            List<String> stamps = Stream.of(background, evaluation)
                    .flatMap(source -> source.stamps().stream())
                    .toList();
            ImageListing listing = new ImageListing("omniglot", stamps, images);
            return split(cache.load(listing, settings.decoder(), progress), settings);
        }
    }

    /** Whether a folder looks like Omniglot. */
    public static boolean isIn(Path path) {
        return PARTS.stream().anyMatch(part -> find(path, part).isPresent());
    }

    private static Path require(Path path, String part) {
        return find(path, part)
                .orElseThrow(() ->
                        new FewShotException("Omniglot is not in " + path + ": looked for " + part + ".zip or a folder "
                                + part + " there and one folder deeper; get it with: data fetch omniglot"));
    }

    private static Optional<Path> find(Path path, String part) {
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> folders = Stream.concat(
                            Stream.of(path), inside.filter(Files::isDirectory).sorted())
                    .toList();
            return folders.stream()
                    .flatMap(folder -> Stream.of(folder.resolve(part + ".zip"), folder.resolve(part)))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new FewShotException("the folder " + path + " cannot be read (" + e + ")", e);
        }
    }

    private static List<Labelled> label(String part, ImageSource source) {
        List<Labelled> images = new ArrayList<>();
        for (ImageFile file : source.files()) {
            String[] names = file.path().split("/", -1);
            int n = names.length;
            if (n < 3) {
                throw new FewShotException(
                        file.where() + " is out of place: Omniglot's images lie in ALPHABET/CHARACTER/; remove it");
            }
            String className = names[n - 3] + "/" + names[n - 2];
            images.add(new Labelled(className, part + "/" + className + "/" + names[n - 1], file));
        }
        return images;
    }

    /** All characters with all drawings, no more and no fewer. */
    private static void check(Path path, List<Labelled> images) {
        Map<String, Integer> missing = new TreeMap<>();
        OmniglotSplit.VINYALS.classes().splits().keySet().forEach(name -> missing.put(name, DRAWINGS));
        for (Labelled image : images) {
            if (missing.merge(image.className(), -1, Integer::sum) < 0) {
                throw new FewShotException(
                        image.image().where() + " does not belong to Omniglot, whose characters have " + DRAWINGS
                                + " drawings each: remove it");
            }
        }
        missing.values().removeIf(count -> count == 0);
        missing.entrySet().stream().findFirst().ifPresent(first -> {
            throw new FewShotException("Omniglot in " + path + " is not whole: " + first.getKey() + " lacks "
                    + first.getValue() + " of its " + DRAWINGS + " drawings (" + missing.size()
                    + " characters lack some); fetch or unpack it again");
        });
    }

    private static SplitDataset split(ImageDataset all, OmniglotSettings settings) {
        SplitDataset drawn =
                ClassSplit.of("omniglot", all, settings.classSplit().classes().splits());
        return switch (settings.rotatedClasses()) {
            case NONE -> drawn;
            case TRAIN -> new SplitDataset(drawn.name(), rotated(drawn.train()), drawn.validation(), drawn.test());
            case ALL ->
                new SplitDataset(
                        drawn.name(), rotated(drawn.train()), rotated(drawn.validation()), rotated(drawn.test()));
        };
    }

    private static ImageDataset rotated(ImageDataset part) {
        return part.classCount() > 0 ? new RotatedClasses(part) : part;
    }
}
