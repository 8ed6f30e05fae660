package io.fewshot4j.data.source;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The image files of a folder or a zip archive, open for reading until closed. */
public final class ImageSource implements AutoCloseable {
    /** Most bytes of a file that are read: a larger one is no image. */
    static final int MAX_BYTES = 1 << 28;

    private final Path root;
    private final List<ImageFile> files;
    private final List<String> stamps;
    private final List<ImageFile> others;
    private final List<String> folders;
    private final Closer closer;

    /** Lets go of what the files are read from. */
    @FunctionalInterface
    interface Closer {
        void close() throws IOException;
    }

    private ImageSource(Path root, List<ImageFile> files, Found found, Closer closer) {
        this.root = root;
        this.files = files;
        this.stamps = found.stamps.stream().sorted().toList();
        this.others = List.copyOf(found.others);
        this.folders = List.copyOf(found.folders);
        this.closer = closer;
    }

    /** Files that a listing collects. */
    static final class Found {
        private final List<ImageFile> files = new ArrayList<>();
        private final List<String> stamps = new ArrayList<>();
        private final List<ImageFile> others = new ArrayList<>();
        private final List<String> folders = new ArrayList<>();

        /** Takes a file in if it is an image and not one of the system's own. */
        void add(String path, String where, ImageFile.Content content) {
            if (isHidden(path)) {
                return;
            }
            FileNames.require(where.substring(0, Math.max(0, where.length() - path.length())), path);
            (ImageFormat.named(path) ? files : others).add(new ImageFile(path, where, content));
        }

        /** Takes in a folder, which may turn out to hold nothing. */
        void folder(String path) {
            if (!isHidden(path)) {
                folders.add(path);
            }
        }

        /** Something that changes when the data change. */
        void stamp(String stamp) {
            stamps.add(stamp);
        }
    }

    /**
     * Lists a folder, or a zip archive if {@code path} is a file.
     *
     * @throws FewShotException if it is neither, cannot be read, or holds no image
     */
    public static ImageSource open(Path path) {
        ImageSource source = list(path);
        try {
            source.check();
        } catch (FewShotException e) {
            source.close();
            throw e;
        }
        return source;
    }

    /** Lists a path where there may be no image at all. */
    public static ImageSource list(Path path) {
        Found found = new Found();
        Closer closer = () -> {};
        if (Files.isDirectory(path)) {
            FolderListing.list(path, found);
        } else if (Files.isRegularFile(path)) {
            closer = ZipListing.list(path, found);
        } else {
            throw new FewShotException(
                    path + (Files.exists(path) ? " is neither a folder nor a file" : " does not exist")
                            + ": give a folder or a zip archive of images");
        }
        found.stamp(path.toAbsolutePath().normalize().toString());
        List<ImageFile> sorted = found.files.stream()
                .sorted(Comparator.comparing(ImageFile::path))
                .toList();
        return new ImageSource(path, sorted, found, closer);
    }

    private void check() {
        if (files.isEmpty()) {
            throw new FewShotException(root + " holds no image: it must hold " + ImageFormat.NAMES + " files, got "
                    + LeftOut.counted(others));
        }
        Set<String> seen = new HashSet<>();
        for (ImageFile file : files) {
            if (!seen.add(file.path())) {
                throw new FewShotException(file.where() + " is there twice: pack the archive again");
            }
        }
    }

    /** The folder or archive. */
    public Path root() {
        return root;
    }

    /** Sorted by path. */
    public List<ImageFile> files() {
        return files;
    }

    /** Differ when the data differ. */
    public List<String> stamps() {
        return stamps;
    }

    /** The folders below, whatever they hold; of an archive none. */
    public List<String> folders() {
        return folders;
    }

    /** Whether a file is one of the system's own. */
    static boolean isHidden(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return ("/" + path).contains("/.") || path.startsWith("__MACOSX/") || name.equals("Icon\r");
    }

    /** Files that are no images by name. */
    public List<ImageFile> others() {
        return others;
    }

    @Override
    public void close() {
        try {
            closer.close();
        } catch (IOException e) {
            throw new FewShotException(root + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
