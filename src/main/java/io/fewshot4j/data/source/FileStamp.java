package io.fewshot4j.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A text that is another one when a file's content may be: length, time, and the time of its last change of any kind,
 * which no program can set.
 */
public final class FileStamp {
    private FileStamp() {}

    public static String of(Path file) throws IOException {
        return of(file, Files.readAttributes(file, BasicFileAttributes.class));
    }

    static String of(Path file, BasicFileAttributes attributes) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return attributes.size() + " " + attributes.lastModifiedTime()
                + (unix ? " " + Files.getAttribute(file, "unix:ctime") : "");
    }
}
