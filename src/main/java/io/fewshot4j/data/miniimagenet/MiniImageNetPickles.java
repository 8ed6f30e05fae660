package io.fewshot4j.data.miniimagenet;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.miniimagenet.MiniImageNet.Listed;
import io.fewshot4j.data.pickle.PickleReader;
import io.fewshot4j.data.pickle.PickleValue;
import io.fewshot4j.data.pickle.PickleValue.Dict;
import io.fewshot4j.data.pickle.PickleValue.Items;
import io.fewshot4j.data.pickle.PickleValue.Whole;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Mini-ImageNet as pickles, one for each split: {@code image_data} with {@code class_dict} (which image has which
 * class: mini-imagenet-cache-train.pkl), or {@code data} with {@code labels} and perhaps {@code catname2label}.
 */
final class MiniImageNetPickles {
    private MiniImageNetPickles() {}

    static boolean areIn(ImageSource source) {
        return find(source, "train").isPresent() && find(source, "test").isPresent();
    }

    private static Optional<ImageFile> find(ImageSource source, String split) {
        String pattern = "(?i)(?!.*_phase_(val|test)\\.)(.*[^a-z])?" + split + "\\.(pkl|pickle)";
        return source.others().stream()
                .filter(file -> file.name().matches(pattern))
                .findFirst();
    }

    static Listed list(Path path, ImageSource source) {
        if (!Files.isDirectory(path)) {
            throw new FewShotException(path + " holds pickles: unpack it and name the folder");
        }
        List<Labelled> images = new ArrayList<>();
        Map<String, Split> splits = new HashMap<>();
        for (String word : List.of("train", "val", "test")) {
            Optional<ImageFile> file = find(source, word);
            if (file.isPresent()) {
                Split split = Split.named(word).orElseThrow();
                add(path.resolve(file.get().path()), split, images, splits);
            }
        }
        return new Listed(images, splits);
    }

    private static void add(Path file, Split split, List<Labelled> images, Map<String, Split> splits) {
        if (!(PickleReader.read(file) instanceof Dict dict)) {
            throw new FewShotException(file + " must hold a dictionary with image_data and class_dict");
        }
        PixelArray pixels = PixelArray.of(file.toString(), first(file, dict, "image_data", "data"));
        Map<String, List<Integer>> classes = dict.entries().containsKey("class_dict")
                ? classDict(file, dict.entries().get("class_dict"))
                : labels(file, dict);
        classes.forEach((name, members) -> {
            if (splits.put(name, split) != null) {
                throw new FewShotException(file + " holds the class " + name
                        + ", which another split has: training, validation and test must have different classes");
            }
            for (int image : members) {
                images.add(new Labelled(name, String.format(Locale.ROOT, "%s%08d", name, image), pixels.image(image)));
            }
        });
    }

    private static PickleValue first(Path file, Dict dict, String name, String other) {
        PickleValue value = dict.entries().getOrDefault(name, dict.entries().get(other));
        if (value == null) {
            throw new FewShotException(file + " has no " + name + " or " + other + ": got "
                    + dict.entries().keySet());
        }
        return value;
    }

    private static Map<String, List<Integer>> classDict(Path file, PickleValue value) {
        if (!(value instanceof Dict dict)) {
            throw new FewShotException(file + " must have a dictionary as class_dict");
        }
        Map<String, List<Integer>> classes = new TreeMap<>();
        dict.entries().forEach((name, members) -> classes.put(name, numbers(file, members)));
        return classes;
    }

    /** The label of each image, with the names of labels where they are given. */
    private static Map<String, List<Integer>> labels(Path file, Dict dict) {
        Map<Integer, String> names = new HashMap<>();
        if (dict.entries().get("catname2label") instanceof Dict given) {
            given.entries()
                    .forEach((name, label) ->
                            names.put(numbers(file, new Items(List.of(label))).get(0), name));
        }
        List<Integer> labels = numbers(file, first(file, dict, "labels", "class_dict"));
        Map<String, List<Integer>> classes = new TreeMap<>();
        for (int image = 0; image < labels.size(); image++) {
            String name =
                    names.getOrDefault(labels.get(image), String.format(Locale.ROOT, "class%03d", labels.get(image)));
            classes.computeIfAbsent(name, absent -> new ArrayList<>()).add(image);
        }
        return classes;
    }

    private static List<Integer> numbers(Path file, PickleValue list) {
        List<Integer> numbers = new ArrayList<>();
        if (list instanceof PickleValue.Array array) {
            array.wholes().forEach(number -> numbers.add(Math.toIntExact(number)));
            return numbers;
        }
        for (PickleValue value : list instanceof Items items ? items.values() : List.of(list)) {
            if (!(value instanceof Whole whole) || whole.value() != (int) whole.value()) {
                throw new FewShotException(file + " must list images and labels by whole numbers");
            }
            numbers.add((int) whole.value());
        }
        return numbers;
    }
}
