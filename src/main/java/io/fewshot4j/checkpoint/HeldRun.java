package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.split.KnownClasses;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A run folder that its one trainer holds: nobody else trains in it until it is closed or the process ends. */
public final class HeldRun implements AutoCloseable {
    private final RunFolder folder;
    private final FileChannel lock;
    private Map<String, String> classes = Map.of();

    private HeldRun(RunFolder folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static HeldRun of(RunFolder folder, Path marker) {
        try {
            FileChannel channel = FileChannel.open(marker, StandardOpenOption.WRITE);
            HeldRun held = new HeldRun(folder, channel);
            if (!held.isLocked()) {
                held.close();
                throw new FewShotException(folder.path() + " must have one trainer, but another one is at work in it;"
                        + " wait for it or choose another folder");
            }
            return held;
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot lock the run folder " + folder.path() + ": " + DurableFiles.reason(e), e);
        }
    }

    private boolean isLocked() throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this process
        }
    }

    /** Folder of the run. */
    public RunFolder folder() {
        return folder;
    }

    /** Keeps which classes train, validate and test, before the first checkpoint; a run that has one keeps its own. */
    public void keepClasses(KnownClasses known) {
        if (!folder.checkpoints().iterations().isEmpty()) {
            return;
        }
        Path file = folder.classes();
        try {
            DurableFiles.write(file, out -> out.write(known.text().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new FewShotException("cannot write " + file + ": " + DurableFiles.reason(e), e);
        }
    }

    /**
     * Opens the learning curve for more rows.
     *
     * @param latest what the checkpoint says that training goes on from; empty for a new curve
     * @throws FewShotException if curve or classes are not as the checkpoint knows them
     */
    public HistoryFile resume(Optional<Manifest> latest) {
        latest.ifPresent(folder::knownClasses);
        classes = folder.classesSha256()
                .map(sha256 -> Map.of(RunFolder.CLASSES, sha256))
                .orElse(Map.of());
        return HistoryFile.resume(
                folder.history(),
                latest.map(manifest -> manifest.progress().iteration()).orElse(0L),
                latest.flatMap(manifest -> manifest.sha256(RunFolder.HISTORY)));
    }

    /**
     * SHA-256 of the run's files beside its checkpoints, by name: of the classes as they were when the curve was
     * opened.
     *
     * @param history the open curve
     */
    public Map<String, String> sha256(HistoryFile history) {
        Map<String, String> sha256 = new HashMap<>(classes);
        sha256.put(RunFolder.HISTORY, history.sha256());
        return sha256;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot unlock the run folder " + folder.path() + ": " + DurableFiles.reason(e), e);
        }
    }
}
