package io.fewshot4j.data.miniimagenet;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.Fingerprint;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.JoinedClasses;
import io.fewshot4j.data.Reason;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.folder.ImageFolder;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.split.SplitLists;
import io.fewshot4j.data.store.ImageListing;
import io.fewshot4j.data.store.PackedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Prepared Mini-ImageNet: a folder with {@value #LIST}, which says each class's split, and one packed file of
 * pixels for each class. A class's file is there whole or not at all.
 */
public final class PreparedImages {
    public static final String LIST = "classes.csv";
    private static final String SUFFIX = ".pack";
    private static final String KEY = Fingerprint.ofText("fewshot4j data prepare 1");

    private PreparedImages() {}

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(LIST)) && !Files.exists(folder.resolve("images"));
    }

    /** Maps the files. */
    static SplitDataset load(Path folder, ImageShape shape) {
        Map<Split, List<ImageDataset>> parts = new TreeMap<>();
        Map<String, Split> splits = SplitLists.read(folder.resolve(LIST));
        List<String> missing = splits.keySet().stream()
                .filter(name -> !Files.isRegularFile(file(folder, name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new FewShotException(folder + " is not finished: " + missing.size() + " of its " + splits.size()
                    + " classes are missing; run the same data prepare again, which goes on where it stopped");
        }
        new TreeMap<>(splits).forEach((name, split) -> {
            ImageDataset part = open(folder, name)
                    .orElseThrow(() -> new FewShotException(
                            file(folder, name) + " is damaged: run the same data prepare again, which mends it"));
            if (!part.shape().equals(shape)) {
                throw new FewShotException(
                        folder + " was prepared with images of " + part.shape().height() + "x"
                                + part.shape().width() + ": image-size must be "
                                + part.shape().height() + ", got "
                                + shape.height());
            }
            parts.computeIfAbsent(split, absent -> new ArrayList<>()).add(part);
        });
        return new SplitDataset(
                ImageFolder.label(folder),
                joined(shape, parts, Split.TRAIN),
                joined(shape, parts, Split.VALIDATION),
                joined(shape, parts, Split.TEST));
    }

    private static ImageDataset joined(ImageShape shape, Map<Split, List<ImageDataset>> parts, Split split) {
        return new JoinedClasses(shape, parts.getOrDefault(split, List.of()));
    }

    private static Path file(Path folder, String className) {
        return folder.resolve(className + SUFFIX);
    }

    /** One class, if its file is there, whole and undamaged. */
    public static Optional<ImageDataset> open(Path folder, String className) {
        try {
            return Optional.of(PackedFile.open(file(folder, className), KEY));
        } catch (NoSuchFileException | PackedFile.UnusableException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new FewShotException(file(folder, className) + " cannot be read (" + Reason.of(e) + ")", e);
        }
    }

    /** Writes one class; its file appears when it is whole. */
    public static ImageDataset write(Path folder, String className, ImageListing listing, ImageDecoder decoder) {
        Path file = file(folder, className);
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            PackedFile.write(unfinished, KEY, listing, decoder, DecodeProgress.silent());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return PackedFile.open(file, KEY);
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot write " + file + " (" + Reason.of(e) + "): free space there and run the same command again",
                    e);
        }
    }
}
