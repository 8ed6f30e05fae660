package io.fewshot4j.data.info;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageCounts;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.folder.ImageFolder;
import io.fewshot4j.data.folder.ImageFolderSettings;
import io.fewshot4j.data.miniimagenet.MiniImageNet;
import io.fewshot4j.data.miniimagenet.MiniImageNetSettings;
import io.fewshot4j.data.omniglot.Omniglot;
import io.fewshot4j.data.omniglot.OmniglotSettings;
import io.fewshot4j.data.store.PackedCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts of the data at a path, after all of it was decoded.
 *
 * @param kind what was recognised
 * @param shape what images are decoded to with the kind's default settings
 * @param warnings what is no fault but may surprise, one line each
 */
public record DataInfo(Kind kind, ImageShape shape, List<Part> parts, List<String> warnings) {
    public DataInfo {
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
    }

    /** The kinds of data that are recognised. */
    public enum Kind {
        OMNIGLOT,
        /** Mini-ImageNet, or what has its form. */
        MINI_IMAGENET,
        /** A folder or zip archive of images by class. */
        IMAGE_FOLDER;

        /** Omniglot and Mini-ImageNet by their files' names; everything else is taken for an image folder. */
        public static Kind of(Path path) {
            if (Omniglot.isIn(path)) {
                return OMNIGLOT;
            }
            return MiniImageNet.isAt(path) ? MINI_IMAGENET : IMAGE_FOLDER;
        }
    }

    /** One split: numbers of images per class, and the fingerprint. */
    public record Part(Split split, ImageCounts counts, String fingerprint) {}

    /**
     * Recognises and decodes the data with the default settings of their kind.
     *
     * @throws io.fewshot4j.FewShotException as {@link Omniglot#load}, {@link MiniImageNet#load} and
     *     {@link ImageFolder#load} do
     */
    public static DataInfo of(Path path, PackedCache cache, DecodeProgress progress) {
        List<String> warnings = new ArrayList<>();
        Kind kind = Kind.of(path);
        DecodeProgress noting = new Noting(progress, warnings);
        SplitDataset data = switch (kind) {
            case OMNIGLOT -> Omniglot.load(path, OmniglotSettings.defaults(), cache, noting);
            case MINI_IMAGENET -> MiniImageNet.load(path, MiniImageNetSettings.defaults(), cache, noting);
            case IMAGE_FOLDER -> ImageFolder.load(path, ImageFolderSettings.defaults(), cache, noting);
        };
        List<Part> parts = new ArrayList<>();
        for (Split split : Split.values()) {
            ImageDataset part = data.of(split);
            parts.add(new Part(split, ImageCounts.of(part), part.fingerprint()));
            warn(split, part, warnings);
        }
        return new DataInfo(kind, data.train().shape(), parts, warnings);
    }

    private static void warn(Split split, ImageDataset part, List<String> warnings) {
        if (part.classCount() < 2) {
            warnings.add(split + " has " + part.classCount() + " classes: episodes need at least 2");
        }
        for (int c = 0; c < part.classCount(); c++) {
            if (part.imageCount(c) < 2) {
                warnings.add("class " + part.className(c)
                        + " has 1 image: an episode needs one for support and one as query");
            }
        }
    }

    /** Passes progress on and keeps the notes. */
    private record Noting(DecodeProgress progress, List<String> notes) implements DecodeProgress {
        @Override
        public void decoded(int done, int total) {
            progress.decoded(done, total);
        }

        @Override
        public void note(String message) {
            notes.add(message);
        }
    }
}
