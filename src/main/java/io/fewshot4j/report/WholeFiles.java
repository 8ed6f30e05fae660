package io.fewshot4j.report;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Text files of which each appears whole or not at all. */
public final class WholeFiles {
    private WholeFiles() {}

    /** Writes files by name into a folder, in order. */
    public static void write(Path folder, Map<String, String> contents) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : contents.entrySet()) {
                replace(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw unwritten(folder, e);
        }
    }

    /** Writes one text file, over an older one only when all of it is on the disk. */
    public static void write(Path file, String content) {
        try {
            replace(file, content);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    static FewShotException unwritten(Path path, IOException e) {
        String wayOut = e instanceof AccessDeniedException
                ? "name another or mend its rights"
                : "name another, or free space if its disk is full";
        return new FewShotException("cannot write " + path + ": " + reason(e) + "; " + wayOut, e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied for " + e.getMessage();
        }
        if (e instanceof NoSuchFileException) {
            return "there is no folder for " + e.getMessage();
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getMessage() + " is a file, not a folder";
        }
        return String.valueOf(e.getMessage());
    }

    private static void replace(Path file, String content) throws IOException {
        Path part = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.writeString(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
