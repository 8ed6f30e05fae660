package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run, folders {@code iteration-000123}. One appears whole or not at all: it is written under
 * another name, brought to the disk, and renamed. The newest two and the best by validation are kept.
 */
public final class CheckpointStore {
    private static final Pattern NAME = Pattern.compile("iteration-(\\d{6,18})");
    private static final String WRITING = ".writing-";
    private static final String DELETING = ".deleting-";
    private static final int KEPT = 2;
    private static final int MOST_TRIES = 20;

    /** Reads of a checkpoint. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(long iteration) throws IOException;
    }

    private final Path folder;
    private final CheckpointFolder.Watch watch;

    CheckpointStore(Path folder, CheckpointFolder.Watch watch) {
        this.folder = folder;
        this.watch = watch;
    }

    /** Folder of an iteration's checkpoint, whether it is there or not. */
    public Path folder(long iteration) {
        return folder.resolve(String.format(Locale.ROOT, "iteration-%06d", iteration));
    }

    /** The iterations that have a checkpoint, ascending. */
    public List<Long> iterations() {
        try (Stream<Path> entries = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return entries.map(entry -> NAME.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> Long.valueOf(match.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new FewShotException("cannot list the checkpoints in " + folder + ": " + DurableFiles.reason(e), e);
        }
    }

    /**
     * The checkpoint of the highest iteration; the caller closes it.
     *
     * @throws FewShotException if it is damaged, foreign or of a newer format: it is not passed over in silence
     */
    public Optional<Checkpoint> latest() {
        return read(CheckpointStore::newest, this::checked);
    }

    /** Manifest of the checkpoint of the highest iteration. */
    public Optional<Manifest> latestManifest() {
        return read(
                CheckpointStore::newest,
                iteration -> ManifestFile.read(folder(iteration)).manifest());
    }

    private Optional<Long> newest() {
        return iterations().stream().reduce((earlier, later) -> later);
    }

    /** The checkpoint of the best validation as the latest one knows it, or empty before the first validation. */
    public Optional<Checkpoint> best() {
        return read(
                store -> store.latest().flatMap(latest -> {
                    try (latest) {
                        return latest.manifest().progress().best().map(Progress.Best::iteration);
                    }
                }),
                this::checked);
    }

    /** Reads the chosen one; one that training has deleted meanwhile is chosen anew. */
    private <T> Optional<T> read(Function<CheckpointStore, Optional<Long>> choice, Reader<T> reader) {
        Optional<Long> chosen = choice.apply(this);
        for (int tries = 1; chosen.isPresent(); tries++) {
            try {
                return Optional.of(reader.read(chosen.get()));
            } catch (IOException e) {
                Optional<Long> again = choice.apply(this);
                boolean moved = !again.equals(chosen) || !Files.isDirectory(folder(chosen.get()));
                if (tries >= MOST_TRIES || (!moved && tries > 1)) {
                    throw unread(chosen.get(), e);
                }
                chosen = again;
            }
        }
        return Optional.empty();
    }

    private Checkpoint checked(long iteration) throws IOException {
        Checkpoint checkpoint = CheckpointFolder.read(folder(iteration));
        long found = checkpoint.manifest().progress().iteration();
        if (found != iteration) {
            checkpoint.close();
            throw new DamageException(
                    ManifestFile.NAME + " must be of iteration " + iteration + ", as its folder, got " + found);
        }
        return checkpoint;
    }

    private FewShotException unread(long iteration, IOException cause) {
        String what = folder(iteration) + (cause instanceof DamageException ? " is damaged: " : " cannot be read: ");
        return new FewShotException(
                "checkpoint " + what + DurableFiles.reason(cause) + "; " + wayOut(iteration, cause), cause);
    }

    private String wayOut(long iteration, IOException cause) {
        if (!(cause instanceof DamageException || cause instanceof NoSuchFileException)) {
            return "nothing is known to be wrong with it, so mend the cause and try again";
        }
        return newestGood(iteration)
                .map(good -> "put it back from a copy, or move this folder elsewhere to go on from iteration " + good
                        + ", which is good")
                .orElse("no earlier one is good, so put it back from a copy or train anew in another folder");
    }

    private Optional<Long> newestGood(long before) {
        return iterations().stream()
                .filter(iteration -> iteration < before && isGood(iteration))
                .reduce((earlier, later) -> later);
    }

    private boolean isGood(long iteration) {
        try (Checkpoint good = checked(iteration)) {
            return good.manifest().progress().iteration() == iteration;
        } catch (IOException | FewShotException e) {
            return false;
        }
    }

    /**
     * Saves a checkpoint and then deletes those that are no longer wanted.
     *
     * @return its folder
     * @throws FewShotException if it cannot be written; those saved before are untouched
     */
    public Path save(Checkpoint checkpoint) {
        Progress progress = checkpoint.manifest().progress();
        Path target = folder(progress.iteration());
        Path temporary = folder.resolve(WRITING + target.getFileName());
        try {
            Files.createDirectories(folder);
            deleteLeftovers();
            Files.createDirectory(temporary);
            CheckpointFolder.write(temporary, checkpoint, watch);
            retire(target);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.sync(folder);
            prune(progress);
            return target;
        } catch (IOException e) {
            throw unwritten(target, temporary, e);
        }
    }

    private FewShotException unwritten(Path target, Path temporary, IOException cause) {
        try {
            DurableFiles.delete(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        String last = Files.isDirectory(folder) && !iterations().isEmpty()
                ? "the last good one is " + folder(iterations().get(iterations().size() - 1))
                : "none was saved before";
        return new FewShotException(
                "cannot save checkpoint " + target + ": " + DurableFiles.reason(cause)
                        + "; free space or mend permissions, then resume; " + last,
                cause);
    }

    private void prune(Progress progress) throws IOException {
        List<Long> iterations = iterations();
        for (long iteration : iterations.subList(0, Math.max(0, iterations.size() - KEPT))) {
            if (progress.best().stream().noneMatch(best -> best.iteration() == iteration)) {
                retire(folder(iteration));
            }
        }
        deleteLeftovers();
    }

    /** Takes a checkpoint out of sight at once, so that a half-deleted one is never seen. */
    private void retire(Path checkpoint) throws IOException {
        if (Files.exists(checkpoint)) {
            Path retired = folder.resolve(DELETING + checkpoint.getFileName());
            DurableFiles.delete(retired);
            Files.move(checkpoint, retired, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void deleteLeftovers() throws IOException {
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(folder)) {
            leftovers = entries.filter(entry -> {
                        String name = entry.getFileName().toString();
                        return name.startsWith(WRITING) || name.startsWith(DELETING);
                    })
                    .toList();
        }
        for (Path leftover : leftovers) {
            DurableFiles.delete(leftover);
        }
    }
}
