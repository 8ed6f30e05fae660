package io.fewshot4j.data.folder;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datavec.api.io.labels.ParentPathLabelGenerator;

/**
 * Which folder is a class: one that holds images. And which split it is in, if folders say so.
 *
 * @param splits by class name; empty if folders do not say
 */
public record ClassFolders(List<Labelled> images, Map<String, Split> splits) {
    public ClassFolders {
        images = List.copyOf(images);
        splits = Map.copyOf(splits);
    }

    /** Without regard to folders named after splits. */
    public static ClassFolders undivided(Path root, List<ImageFile> files) {
        Map<String, String> folderOfClass = new HashMap<>();
        List<Labelled> images = new ArrayList<>();
        ParentPathLabelGenerator labels = new ParentPathLabelGenerator();
        for (ImageFile file : files) {
            String folder = file.folder();
            if (folder.isEmpty()) {
                throw new FewShotException(
                        file.where() + " is in no class: images must lie in CLASS/; move or remove it");
            }
            String name = labels.getLabelForPath(file.path()).toString();
            String other = folderOfClass.putIfAbsent(name, folder);
            if (other != null && !other.equals(folder)) {
                throw new FewShotException("two classes in " + root + " are called " + name + ": " + other + " and "
                        + folder + "; a class must have one folder, in one split: rename or remove one");
            }
            images.add(new Labelled(name, file.path(), file));
        }
        return new ClassFolders(images, Map.of());
    }

    public static ClassFolders of(Path root, List<ImageFile> files) {
        List<Labelled> images = undivided(root, files).images();
        TreeSet<String> folders = new TreeSet<>();
        files.forEach(file -> folders.add(file.folder()));
        requireNoneInsideAnother(root, folders);
        int wrapped = wrapping(folders).length();
        Set<Split> named = EnumSet.noneOf(Split.class);
        folders.forEach(folder -> splitOf(folder.substring(wrapped)).ifPresent(named::add));
        if (!named.contains(Split.TRAIN) || !named.contains(Split.TEST)) {
            return new ClassFolders(images, Map.of());
        }
        Map<String, Split> splits = new TreeMap<>();
        for (int i = 0; i < files.size(); i++) {
            ImageFile file = files.get(i);
            Split split = splitOf(file.folder().substring(wrapped))
                    .orElseThrow(() -> new FewShotException(file.where()
                            + " is in no split: beside train and test there may only be val; move or remove it"));
            splits.put(images.get(i).className(), split);
        }
        return new ClassFolders(images, splits);
    }

    private static void requireNoneInsideAnother(Path root, TreeSet<String> folders) {
        for (String folder : folders) {
            String inside = folders.ceiling(folder + "/");
            if (inside != null && inside.startsWith(folder + "/")) {
                throw new FewShotException("the folder " + folder + " in " + root + " holds images and also " + inside
                        + ", which does: a class must be one folder without more below it");
            }
        }
    }

    /** The folders around all others, such as {@code data/}, that say nothing. */
    private static String wrapping(TreeSet<String> folders) {
        String first = folders.first();
        int end = 0;
        int next = first.indexOf('/');
        while (next >= 0) {
            String around = first.substring(0, next + 1);
            boolean split = Split.named(first.substring(end, next)).isPresent();
            if (split || !folders.last().startsWith(around)) {
                break;
            }
            end = next + 1;
            next = first.indexOf('/', end);
        }
        return first.substring(0, end);
    }

    private static Optional<Split> splitOf(String folder) {
        int end = folder.indexOf('/');
        return end < 0 ? Optional.empty() : Split.named(folder.substring(0, end));
    }
}
