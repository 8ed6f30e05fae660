package io.fewshot4j.report;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.Files;
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
            throw new FewShotException(
                    "the report must go to a folder that can be written to, got " + folder + " ("
                            + e.getClass().getSimpleName() + "); name another folder or mend its rights",
                    e);
        }
    }

    private static void replace(Path file, String content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
