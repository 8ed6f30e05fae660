package io.fewshot4j.report;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Keeps other threads and processes out of a folder's files while they are read, changed and written. */
public final class FolderLock {
    private static final String FILE = ".lock";

    private FolderLock() {}

    /** Waits until no other holds the folder, then works in it. */
    public static synchronized <T> T holding(Path folder, Supplier<T> work) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw WholeFiles.unwritten(folder, e);
        }
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                throw new FewShotException("the lock of " + folder + " was lost; try again");
            }
            return work.get();
        } catch (IOException e) {
            throw WholeFiles.unwritten(folder, e);
        }
    }

    /**
     * Works in a folder for longer.
     *
     * @throws FewShotException if another process or thread is at work in it
     */
    public static <T> T alone(Path folder, Supplier<T> work) {
        try {
            Files.createDirectories(folder);
            try (FileChannel channel =
                    FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (channel.tryLock() == null) {
                    throw busy(folder);
                }
                return work.get();
            }
        } catch (OverlappingFileLockException e) {
            throw busy(folder);
        } catch (IOException e) {
            throw WholeFiles.unwritten(folder, e);
        }
    }

    private static FewShotException busy(Path folder) {
        return new FewShotException("one process may work in " + folder
                + " at a time, but another one does; wait for it or choose another folder");
    }
}
