package io.fewshot4j.data.folder;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.pickle.PickleReader;
import io.fewshot4j.data.pickle.PickleValue;
import io.fewshot4j.data.pickle.PickleValue.Array;
import io.fewshot4j.data.pickle.PickleValue.Bytes;
import io.fewshot4j.data.pickle.PickleValue.Dict;
import io.fewshot4j.data.pickle.PickleValue.Items;
import io.fewshot4j.data.source.FileNames;
import io.fewshot4j.data.source.FileStamp;
import io.fewshot4j.data.store.ImageListing;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * tieredImageNet as it is given out (<a href="https://openreview.net/forum?id=HJcSzz-CZ">Ren et al. 2018</a>): for each
 * split {@code train_images_png.pkl}, a list of PNG files as arrays of bytes, and {@code train_labels.pkl} with the
 * class of each.
 */
final class TieredPickles {
    private static final String IMAGES = "_images_png.pkl";
    private static final String LABELS = "_labels.pkl";
    private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

    private final List<Labelled> images = new ArrayList<>();
    private final Map<String, Split> splits = new HashMap<>();
    private final List<String> stamps = new ArrayList<>();

    private TieredPickles() {}

    static boolean areIn(Path folder) {
        return Files.isRegularFile(folder.resolve(word(Split.TRAIN) + IMAGES));
    }

    private static String word(Split split) {
        return split == Split.VALIDATION ? "val" : split.name().toLowerCase(Locale.ROOT);
    }

    /** Images by class, and the split of each. */
    static TieredPickles read(Path folder) {
        TieredPickles pickles = new TieredPickles();
        for (Split split : SPLITS) {
            Path labels = folder.resolve(word(split) + LABELS);
            Path pngs = folder.resolve(word(split) + IMAGES);
            if (split == Split.TRAIN || Files.exists(pngs) || Files.exists(labels)) {
                pickles.add(split, pngs, labels);
            }
        }
        return pickles;
    }

    /** @param least classes with fewer images are left out */
    ImageListing listing(String label, int least, DecodeProgress progress) {
        return new ImageListing(label, stamps, SmallClasses.without(images, least, progress));
    }

    Map<String, Split> splits() {
        return Collections.unmodifiableMap(splits);
    }

    private void add(Split split, Path file, Path labelFile) {
        List<String> names = labels(labelFile, split);
        List<PickleValue> pngs = items(file, PickleReader.read(file)).values();
        if (pngs.size() != names.size()) {
            throw new FewShotException(file + " must have as many images as " + labelFile.getFileName()
                    + " has labels, " + names.size() + ", got " + pngs.size() + ": get both again");
        }
        for (int i = 0; i < pngs.size(); i++) {
            Png png = new Png(file + ", image " + i, bytes(file, pngs.get(i)));
            images.add(new Labelled(names.get(i), String.format(Locale.ROOT, "%s%07d", word(split), i), png));
            splits.put(names.get(i), split);
        }
        stamps.add(stamp(file));
        stamps.add(stamp(labelFile));
    }

    /** The class of each image: its name, and its split and number, for two synsets may have one name. */
    private static List<String> labels(Path file, Split split) {
        if (!(PickleReader.read(file) instanceof Dict dict)
                || !(dict.entries().get("label_specific") instanceof Array numbers)
                || !(dict.entries().get("label_specific_str") instanceof Items names)) {
            throw new FewShotException(file + " must be a dictionary with the array label_specific and the list"
                    + " label_specific_str: get it again");
        }
        return numbers.wholes().stream()
                .map(number -> {
                    if (number < 0 || number >= names.values().size()) {
                        throw new FewShotException(file + " must have labels from 0 to "
                                + (names.values().size() - 1) + ", got " + number + ": get it again");
                    }
                    String name = names.values().get(number.intValue()).text().orElse("");
                    FileNames.require(file.toString(), name);
                    return String.format(Locale.ROOT, "%s %s%03d", name, word(split), number);
                })
                .toList();
    }

    private static Items items(Path file, PickleValue value) {
        if (value instanceof Items items) {
            return items;
        }
        throw new FewShotException(file + " must be a list of PNG files as arrays of bytes: get it again");
    }

    private static ByteBuffer bytes(Path file, PickleValue value) {
        if (value instanceof Array array && array.type().code().equals("u1")) {
            return array.data();
        }
        if (value instanceof Bytes bytes) {
            return bytes.value();
        }
        throw new FewShotException(file + " must be a list of PNG files as arrays of bytes: get it again");
    }

    private static String stamp(Path file) {
        try {
            return file + " " + FileStamp.of(file);
        } catch (IOException e) {
            throw new FewShotException(file + " cannot be read (" + e + ")", e);
        }
    }

    /** An image file inside a pickle. */
    private record Png(String where, ByteBuffer file) implements ImageListing.Undecoded {
        @Override
        public byte[] decode(ImageDecoder decoder) {
            byte[] bytes = new byte[file.remaining()];
            file.get(file.position(), bytes);
            return decoder.decode(where, bytes);
        }
    }
}
