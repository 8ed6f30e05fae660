package io.fewshot4j.data.source;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.image.ImageFormat;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;

/** Lists a folder and all below it, following symbolic links. */
final class FolderListing extends SimpleFileVisitor<Path> {
    private final Path root;
    private final ImageSource.Found found;

    private FolderListing(Path root, ImageSource.Found found) {
        this.root = root;
        this.found = found;
    }

    static void list(Path root, ImageSource.Found found) {
        try {
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new FolderListing(root, found));
        } catch (FileSystemLoopException e) {
            throw new FewShotException(
                    e.getFile() + " is a symbolic link to a folder that it lies in: remove the link", e);
        } catch (IOException e) {
            throw new FewShotException("the folder " + root + " cannot be read (" + e + ")", e);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (!directory.equals(root)) {
            found.folder(inside(directory));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String path = inside(file);
        if (!attributes.isRegularFile() && !ImageSource.isHidden(path)) {
            throw new FewShotException(FileNames.shown(file.toString())
                    + (attributes.isSymbolicLink()
                            ? " is a link to nothing"
                            : " is no file but a pipe, socket or device")
                    + ": remove it");
        }
        found.add(path, file.toString(), () -> Files.newInputStream(file));
        if (ImageFormat.named(path) || path.endsWith(".pkl") || path.endsWith(".pickle")) {
            found.stamp(path + " " + FileStamp.of(file, attributes));
        }
        return FileVisitResult.CONTINUE;
    }

    private String inside(Path path) {
        return root.relativize(path).toString().replace(File.separatorChar, '/');
    }
}
