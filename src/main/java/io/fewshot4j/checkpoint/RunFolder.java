package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.split.KnownClasses;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of a training run: {@code run.txt} marks it, {@code classes.txt}, {@code checkpoints} and {@code history.csv} are its content. */
public record RunFolder(Path path) {
    private static final String MARKER = "run.txt";
    private static final String MARK = "fewshot4j run, format 1";

    /**
     * A folder for a new run: absent, empty (a mark that was cut short does not count), or a run that has no checkpoint yet.
     *
     * @throws FewShotException if it holds anything else, or cannot be made
     */
    public static RunFolder create(Path path) {
        RunFolder run = new RunFolder(path);
        try {
            if (run.isMarked() && !run.checkpoints().iterations().isEmpty()) {
                throw new FewShotException(
                        path + " must be a new run, but has checkpoints; resume it or choose another folder");
            }
            if (!run.isMarked() && Files.exists(path) && !isEmptyFolder(path)) {
                throw new FewShotException(
                        path + " must be an empty folder or none, but is not; choose another folder for the run");
            }
            Files.createDirectories(path);
            DurableFiles.write(run.marker(), out -> out.write(bytes(MARK + "\n")));
            return run;
        } catch (IOException e) {
            throw new FewShotException("cannot make the run folder " + path + ": " + DurableFiles.reason(e), e);
        }
    }

    /**
     * The folder of a run that was begun.
     *
     * @throws FewShotException if the folder is absent or no run
     */
    public static RunFolder open(Path path) {
        RunFolder run = new RunFolder(path);
        try {
            if (!run.isMarked()) {
                String found =
                        Files.isDirectory(path) ? "it has no " + MARKER + " of fewshot4j" : "there is no such folder";
                throw new FewShotException(
                        path + " is no training run: " + found + "; name the folder that train made");
            }
            return run;
        } catch (IOException e) {
            throw new FewShotException("cannot read the run folder " + path + ": " + DurableFiles.reason(e), e);
        }
    }

    private boolean isMarked() throws IOException {
        return Files.isRegularFile(marker()) && Files.readString(marker()).startsWith(MARK);
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> !isCutMark(entry)).findAny().isEmpty();
        }
    }

    private static boolean isCutMark(Path file) {
        try {
            return file.endsWith(MARKER) && Files.isRegularFile(file) && MARK.startsWith(Files.readString(file));
        } catch (IOException e) {
            return false; // not ours, then
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path marker() {
        return path.resolve(MARKER);
    }

    /** The checkpoints of the run. */
    public CheckpointStore checkpoints() {
        return new CheckpointStore(path.resolve("checkpoints"), file -> {});
    }

    /** The learning curve, see {@link HistoryFile}. */
    public Path history() {
        return path.resolve("history.csv");
    }

    /** Keeps which classes train, validate and test, before the first checkpoint; a run that has one keeps its own. */
    public void keepClasses(KnownClasses known) {
        if (!checkpoints().iterations().isEmpty()) {
            return;
        }
        try {
            DurableFiles.write(classes(), out -> out.write(bytes(known.text())));
        } catch (IOException e) {
            throw new FewShotException("cannot write " + classes() + ": " + DurableFiles.reason(e), e);
        }
    }

    /** The classes that were kept; none in a run of before. */
    public Optional<KnownClasses> knownClasses() {
        try {
            return Files.exists(classes())
                    ? Optional.of(KnownClasses.parse(classes().toString(), Files.readString(classes())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new FewShotException("cannot read " + classes() + ": " + DurableFiles.reason(e), e);
        }
    }

    private Path classes() {
        return path.resolve("classes.txt");
    }

    /** Held by the one trainer of a run. */
    @FunctionalInterface
    public interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps other trainers out of this folder until it is closed or the process ends.
     *
     * @throws FewShotException if another one is at work here
     */
    public Lock lock() {
        try {
            FileChannel channel = FileChannel.open(marker(), StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw busy();
            }
            return () -> release(channel);
        } catch (OverlappingFileLockException e) {
            throw busy();
        } catch (IOException e) {
            throw new FewShotException("cannot lock the run folder " + path + ": " + DurableFiles.reason(e), e);
        }
    }

    private void release(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new FewShotException("cannot unlock the run folder " + path + ": " + DurableFiles.reason(e), e);
        }
    }

    private FewShotException busy() {
        return new FewShotException(path
                + " must have one trainer, but another one is at work in it; wait for it or choose another folder");
    }
}
