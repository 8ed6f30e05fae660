package io.fewshot4j.data.source;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.image.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that are no images by name: what they are is said, and a class that has no others is refused. */
public final class LeftOut {
    private static final int SHOWN = 4;

    /** Endings of images that cannot be read. */
    private static final Set<String> UNREADABLE = Set.of(
            ".heic", ".heif", ".avif", ".jxl", ".jp2", ".j2k", ".psd", ".svg", ".ico", ".tga", ".pbm", ".pgm", ".ppm",
            ".pnm", ".pcx", ".exr", ".hdr", ".dds", ".raw", ".cr2", ".cr3", ".nef", ".arw", ".dng", ".npy", ".jpe");

    private LeftOut() {}

    /** Tells how many files of which endings are not read. */
    public static void note(ImageSource source, DecodeProgress progress) {
        if (!source.others().isEmpty()) {
            progress.note(source.root() + ": left out " + counted(source.others()) + " that are no "
                    + ImageFormat.NAMES + " by name, such as "
                    + source.others().get(0).path());
        }
    }

    /** Such as {@code 5 files (3 .heic, 2 without ending)}. */
    static String counted(List<ImageFile> files) {
        Map<String, Long> counts =
                files.stream().collect(Collectors.groupingBy(LeftOut::ending, TreeMap::new, Collectors.counting()));
        String listed = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        String more = counts.size() > SHOWN ? " and others" : "";
        return files.size()
                + (files.size() == 1 ? " file" : " files")
                + (files.isEmpty() ? "" : " (" + listed + more + ")");
    }

    private static String ending(ImageFile file) {
        int dot = file.name().lastIndexOf('.');
        return dot < 1 ? "without ending" : file.name().substring(dot).toLowerCase(Locale.ROOT);
    }

    /**
     * Refuses a folder beside the classes that would be one if its images could be read, or that is empty.
     *
     * @param classFolders the folders that hold images
     */
    public static void requireNoClassLost(ImageSource source, Set<String> classFolders) {
        TreeSet<String> around =
                classFolders.stream().map(LeftOut::parent).collect(Collectors.toCollection(TreeSet::new));
        Map<String, List<ImageFile>> others = source.others().stream()
                .filter(file -> !file.folder().isEmpty())
                .collect(Collectors.groupingBy(ImageFile::folder, TreeMap::new, Collectors.toList()));
        others.forEach((folder, files) -> {
            if (around.contains(parent(folder))
                    && !classFolders.contains(folder)
                    && files.stream().anyMatch(LeftOut::isImage)) {
                throw new FewShotException(
                        "the class " + folder + " in " + source.root() + " has no image that can be read but "
                                + counted(files) + ": convert them to " + ImageFormat.NAMES + ", or remove the folder");
            }
        });
        Set<String> used = used(source);
        for (String folder : source.folders()) {
            if (!used.contains(folder) && around.contains(parent(folder))) {
                throw new FewShotException("the class " + folder + " in " + source.root()
                        + " is an empty folder: add its images, or remove the folder");
            }
        }
    }

    /** The folders with a file in them or below. */
    private static Set<String> used(ImageSource source) {
        Set<String> used = new HashSet<>();
        Stream.concat(source.files().stream(), source.others().stream()).forEach(file -> {
            for (String folder = file.folder(); !folder.isEmpty() && used.add(folder); folder = parent(folder)) {}
        });
        return used;
    }

    private static String parent(String folder) {
        return folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
    }

    private static boolean isImage(ImageFile file) {
        if (UNREADABLE.contains(ending(file))) {
            return true;
        }
        try (InputStream in = file.content().open()) {
            return ImageFormat.of(in.readNBytes(16)).isPresent();
        } catch (IOException e) {
            throw new FewShotException(file.where() + " cannot be read (" + e + "): replace or remove it", e);
        }
    }
}
