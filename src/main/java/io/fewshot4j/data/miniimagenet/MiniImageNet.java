package io.fewshot4j.data.miniimagenet;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageCounts;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.folder.ClassFolders;
import io.fewshot4j.data.folder.ImageFolder;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.split.ClassList;
import io.fewshot4j.data.split.ClassSplit;
import io.fewshot4j.data.store.ImageListing;
import io.fewshot4j.data.store.PackedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Mini-ImageNet (Vinyals et al. 2016) in the split of <a href="https://openreview.net/forum?id=rJY0-Kcll">Ravi and
 * Larochelle 2017</a>: 64, 16 and 20 classes of 600 images. Also what has its form: only data that are the published
 * ones in classes and counts are called {@value #NAME}, others by their folder or archive.
 */
public final class MiniImageNet {
    /** The name of the published data. */
    public static final String NAME = "mini-imagenet";

    public static final int IMAGES_OF_A_CLASS = 600;

    private MiniImageNet() {}

    /** Images and the split of each class, as some form of the data lists them. */
    record Listed(List<ImageListing.Labelled> images, Map<String, Split> splits) {
        Listed {
            images = List.copyOf(images);
            splits = Map.copyOf(splits);
        }
    }

    /**
     * Reads the data set in whichever form is there: train.csv, val.csv and test.csv with an images folder; class
     * folders, in train, val and test or with the classes of the shipped list; mini-imagenet-cache-train.pkl, -val.pkl
     * and -test.pkl; or what {@code data prepare} made.
     *
     * @param path a folder or a zip archive, or a folder with nothing but one zip archive
     * @throws FewShotException if no form is there, or something is missing or damaged
     */
    public static SplitDataset load(
            Path path, MiniImageNetSettings settings, PackedCache cache, DecodeProgress progress) {
        Path at = inside(path);
        SplitDataset data = PreparedImages.isIn(at)
                ? PreparedImages.load(at, settings.decoder().shape())
                : decoded(at, settings.decoder(), cache, progress);
        return named(at, data, progress);
    }

    private static SplitDataset decoded(Path path, ImageDecoder decoder, PackedCache cache, DecodeProgress progress) {
        try (ImageSource source = ImageSource.list(path)) {
            Listed listed = listed(path, source);
            ImageListing listing = new ImageListing(label(path), source.stamps(), listed.images());
            return ClassSplit.of(label(path), cache.load(listing, decoder, progress), listed.splits());
        }
    }

    private static Listed listed(Path path, ImageSource source) {
        if (MiniImageNetPickles.areIn(source)) {
            return MiniImageNetPickles.list(path, source);
        }
        return MiniImageNetLists.areIn(source) ? MiniImageNetLists.list(path, source) : classFolders(path, source);
    }

    private static Listed classFolders(Path path, ImageSource source) {
        if (source.files().isEmpty()) {
            throw new FewShotException(
                    "Mini-ImageNet is not in " + path + ": it must hold train.csv, val.csv and test.csv"
                            + " with images, class folders, or mini-imagenet-cache-train.pkl, -val.pkl and -test.pkl; to make it"
                            + " from ILSVRC 2012: data prepare mini-imagenet");
        }
        ClassFolders folders = ClassFolders.of(source, 1);
        if (!folders.splits().isEmpty()) {
            return new Listed(folders.images(), folders.splits());
        }
        Map<String, Split> shipped = split();
        folders.images().stream()
                .filter(image -> !shipped.containsKey(image.className()))
                .findFirst()
                .ifPresent(image -> {
                    throw new FewShotException(image.image().where() + " is in the folder " + image.className()
                            + ", which is no class of Mini-ImageNet: folders must be train, val and test, or bear the"
                            + " classes' names such as n01532829; for other images use dataset=images");
                });
        return new Listed(folders.images(), shipped);
    }

    /** Whether what is at a path has one of the forms that are not those of any image folder. */
    public static boolean isAt(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        Path at = inside(path);
        if (PreparedImages.isIn(at)) {
            return true;
        }
        try (ImageSource source = ImageSource.list(at)) {
            return MiniImageNetPickles.areIn(source) || MiniImageNetLists.areIn(source);
        }
    }

    /** The split of Ravi and Larochelle. */
    public static Map<String, Split> split() {
        return ClassList.resource("mini-imagenet-ravi.txt").splits();
    }

    /** The archive, if a folder has one and no other archive, folder or image. */
    private static Path inside(Path path) {
        if (!Files.isDirectory(path)) {
            return path;
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> found = entries.filter(
                            entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .toList();
            return found.size() == 1 && found.get(0).toString().endsWith(".zip") ? found.get(0) : path;
        } catch (IOException e) {
            throw new FewShotException("the folder " + path + " cannot be read (" + e + ")", e);
        }
    }

    private static String label(Path path) {
        return ImageFolder.label(path);
    }

    private static SplitDataset named(Path path, SplitDataset data, DecodeProgress progress) {
        if (isPublished(data)) {
            return new SplitDataset(NAME, data.train(), data.validation(), data.test());
        }
        String name = label(path).equals(NAME) ? NAME + "-like" : label(path);
        progress.note("these are not Mini-ImageNet's 64, 16 and 20 classes of 600 images but " + counts(data.train())
                + ", " + counts(data.validation()) + " and " + counts(data.test()) + ": results are called " + name);
        return new SplitDataset(name, data.train(), data.validation(), data.test());
    }

    private static String counts(ImageDataset part) {
        ImageCounts counts = ImageCounts.of(part);
        return counts.classes() + " of " + (counts.fewest() == counts.most() ? "" : counts.fewest() + " to ")
                + counts.most();
    }

    private static boolean isPublished(SplitDataset data) {
        Map<String, Split> shipped = split();
        int classes = 0;
        for (Split split : Split.values()) {
            ImageDataset part = data.of(split);
            classes += part.classCount();
            boolean right = IntStream.range(0, part.classCount())
                    .allMatch(c -> part.imageCount(c) == IMAGES_OF_A_CLASS && shipped.get(part.className(c)) == split);
            if (!right) {
                return false;
            }
        }
        return classes == shipped.size();
    }
}
