package io.fewshot4j.data.folder;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.source.LeftOut;
import io.fewshot4j.data.split.ClassSplit;
import io.fewshot4j.data.store.ImageListing;
import io.fewshot4j.data.store.ImageListing.Labelled;
import io.fewshot4j.data.store.PackedCache;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.datavec.api.io.labels.PathLabelGenerator;
import org.datavec.api.split.InputSplit;

/** Any data set of one folder per class, or whatever DataVec's input splits and label generators can list. */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * Reads {@code train/CLASS/*}, {@code val/CLASS/*} and {@code test/CLASS/*} (or other words for them; one may be
     * absent), or else {@code CLASS/*} divided by class with the settings' seed or split file, from a folder or a zip
     * archive. One folder around it all does no harm. Or the pickles of tieredImageNet.
     *
     * @throws io.fewshot4j.FewShotException if there are no such folders, two classes have one name, or an image is
     *     damaged
     */
    public static SplitDataset load(
            Path path, ImageFolderSettings settings, PackedCache cache, DecodeProgress progress) {
        if (TieredPickles.areIn(path)) {
            TieredPickles pickles = TieredPickles.read(path);
            ImageListing listing = pickles.listing(label(path), settings.skipSmallClasses(), progress);
            ImageDataset all = cache.load(listing, settings.decoder(), progress);
            return split(label(path), all, pickles.splits(), settings);
        }
        try (ImageSource source = ImageSource.open(path)) {
            LeftOut.note(source, progress);
            ClassFolders folders = settings.splitFile().isEmpty()
                    ? ClassFolders.of(source, settings.classLevels())
                    : ClassFolders.undivided(source, settings.classLevels());
            List<Labelled> images = SmallClasses.without(folders.images(), settings.skipSmallClasses(), progress);
            ImageListing listing = listing(path, source, images);
            ImageDataset all = cache.load(listing, settings.decoder(), progress);
            EqualImages.note(all, progress);
            return split(listing.label(), all, folders.splits(), settings);
        }
    }

    private static SplitDataset split(
            String label, ImageDataset all, Map<String, Split> folders, ImageFolderSettings settings) {
        if (!settings.splitFile().isEmpty()) {
            return ClassSplit.listed(label, all, Path.of(settings.splitFile()));
        }
        return folders.isEmpty()
                ? ClassSplit.seeded(label, all, settings.shares())
                : ClassSplit.of(label, all, folders);
    }

    /**
     * Loads images from a user's own listing, divided by class with the settings' seed.
     *
     * @param files {@code file:} locations of images
     * @param labels gives a file's class
     */
    public static SplitDataset load(
            InputSplit files,
            PathLabelGenerator labels,
            ImageFolderSettings settings,
            PackedCache cache,
            DecodeProgress progress) {
        ImageListing listing = DataVecListing.of(files, labels);
        return ClassSplit.seeded(listing.label(), cache.load(listing, settings.decoder(), progress), settings.shares());
    }

    /**
     * Reads {@code CLASS/*} into memory, undivided: a support set, with any number of images per class.
     *
     * @param decoder that of the model's training data
     * @param progress hears of files that are no images
     */
    public static ImageDataset read(Path path, ImageDecoder decoder, DecodeProgress progress) {
        try (ImageSource source = ImageSource.open(path)) {
            LeftOut.note(source, progress);
            List<Labelled> images = ClassFolders.undivided(source, 1).images();
            return listing(path, source, images).decodeToHeap(decoder, DecodeProgress.silent());
        }
    }

    private static ImageListing listing(Path path, ImageSource source, List<Labelled> images) {
        return new ImageListing(label(path), source.stamps(), images);
    }

    /** Name of a folder's or archive's data set. */
    public static String label(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        String label =
                name == null ? "" : name.toString().replaceAll("\\.zip$", "").replaceAll("[^A-Za-z0-9_-]", "_");
        return label.isEmpty() ? "images" : label;
    }
}
