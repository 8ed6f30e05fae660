package io.fewshot4j.data.folder;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.source.LeftOut;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Folders as classes: one that holds images is a class, in the split that the folders around it say, if they do.
 *
 * @param splits by class name; empty if folders do not say
 */
public record ClassFolders(List<Labelled> images, Map<String, Split> splits) {
    public ClassFolders {
        images = List.copyOf(images);
        splits = Map.copyOf(splits);
    }

    /**
     * Without regard to folders named after splits.
     *
     * @param levels how many folders name a class
     */
    public static ClassFolders undivided(ImageSource source, int levels) {
        TreeSet<String> folders = folders(source);
        Map<String, String> names = names(source.root(), folders, Map.of(), levels);
        return new ClassFolders(labelled(source, names), Map.of());
    }

    /** Finds the classes, with the splits that folders say. */
    public static ClassFolders of(ImageSource source, int levels) {
        TreeSet<String> folders = folders(source);
        Map<String, Split> splits = SplitFolders.of(source.root(), folders);
        Map<String, String> names = names(source.root(), folders, splits, levels);
        Map<String, Split> byName = splits.entrySet().stream()
                .collect(Collectors.toMap(e -> names.getOrDefault(e.getKey(), ""), Map.Entry::getValue));
        return new ClassFolders(labelled(source, names), byName);
    }

    private static TreeSet<String> folders(ImageSource source) {
        TreeSet<String> folders = new TreeSet<>();
        for (ImageFile file : source.files()) {
            if (file.folder().isEmpty()) {
                throw new FewShotException(
                        file.where() + " is in no class: images must lie in CLASS/; move or remove it");
            }
            folders.add(file.folder());
        }
        requireNoneInsideAnother(source.root(), folders);
        LeftOut.requireNoClassLost(source, folders);
        return folders;
    }

    private static List<Labelled> labelled(ImageSource source, Map<String, String> names) {
        List<Labelled> images = new ArrayList<>();
        for (ImageFile file : source.files()) {
            images.add(new Labelled(names.getOrDefault(file.folder(), ""), file.path(), file));
        }
        return images;
    }

    /** The class of each folder: the names of the last folders, below the split's. */
    private static Map<String, String> names(
            Path root, TreeSet<String> folders, Map<String, Split> splits, int levels) {
        Map<String, String> folderOfClass = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (String folder : folders) {
            List<String> parts = List.of(folder.split("/", -1));
            int above = splits.isEmpty() ? 0 : 1;
            if (parts.size() < levels + above) {
                throw new FewShotException("the folder " + folder + " in " + root + " must have " + levels
                        + " levels that name a class, as in GROUP/CLASS/: set class-levels="
                        + Math.max(1, parts.size() - above)
                        + ", or move it");
            }
            String name = String.join("/", parts.subList(parts.size() - levels, parts.size()));
            String other = folderOfClass.put(name, folder);
            if (other != null) {
                throw new FewShotException("two classes in " + root + " are called " + name + ": " + other + " and "
                        + folder
                        + "; a class must have one folder, in one split: rename or remove one, or set class-levels="
                        + (levels + 1) + " where both folders name a class");
            }
            names.put(folder, name);
        }
        return names;
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
}
