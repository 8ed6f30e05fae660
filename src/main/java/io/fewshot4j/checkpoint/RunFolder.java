package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.split.KnownClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a training run: {@code run.txt} marks it, {@code classes.txt}, {@code checkpoints} and
 * {@code history.csv} are its content.
 */
public record RunFolder(Path path) {
    private static final String MARKER = "run.txt";
    static final String HISTORY = "history.csv";
    static final String CLASSES = "classes.txt";
    private static final String MARK = "fewshot4j run, format 1";

    /**
     * A folder for a new run: absent, empty (a mark that was cut short does not count), or a run that has no checkpoint
     * yet.
     *
     * @throws FewShotException if it holds anything else, or cannot be made
     */
    public static RunFolder create(Path path) {
        RunFolder run = new RunFolder(path);
        try {
            if (run.isMarked() && !run.checkpoints().iterations().isEmpty()) {
                throw run.notNew();
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
        return path.resolve(HISTORY);
    }

    /**
     * The learning curve so far; empty where its file was moved away.
     *
     * @throws FewShotException if it is not as the latest checkpoint knows it
     */
    public List<HistoryRow> curve() {
        Optional<Manifest> latest = checkpoints().latestManifest();
        if (!Files.exists(history())) {
            return List.of();
        }
        return latest.map(manifest ->
                        HistoryFile.read(history(), manifest.progress().iteration(), manifest.sha256(HISTORY)))
                .orElseGet(() -> HistoryFile.read(history()));
    }

    /**
     * The classes that were kept; none in a run of before.
     *
     * @param manifest of the checkpoint that is used
     * @throws FewShotException if they are not as the checkpoint knows them
     */
    public Optional<KnownClasses> knownClasses(Manifest manifest) {
        Optional<byte[]> content = content(classes());
        String found = content.map(DurableFiles::sha256).orElse("none");
        manifest.sha256(CLASSES).filter(expected -> !expected.equals(found)).ifPresent(expected -> {
            throw new FewShotException(classes() + " must have the SHA-256 " + expected
                    + ", as the checkpoint says, got " + found
                    + ", so which classes were trained on is not known; put the file back from a copy");
        });
        return content.map(
                bytes -> KnownClasses.parse(classes().toString(), new String(bytes, StandardCharsets.UTF_8)));
    }

    Optional<String> classesSha256() {
        return content(classes()).map(DurableFiles::sha256);
    }

    private static Optional<byte[]> content(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new FewShotException("cannot read " + file + ": " + DurableFiles.reason(e), e);
        }
    }

    Path classes() {
        return path.resolve(CLASSES);
    }

    /**
     * Keeps other trainers out of this folder until it is closed or the process ends.
     *
     * @throws FewShotException if another one is at work here
     */
    public HeldRun hold() {
        return HeldRun.of(this, marker());
    }

    /**
     * Holds a run that nothing was trained in.
     *
     * @throws FewShotException if another trainer is, or has been, at work here
     */
    public HeldRun holdNew() {
        HeldRun held = hold();
        if (!checkpoints().iterations().isEmpty()) {
            held.close();
            throw notNew();
        }
        return held;
    }

    private FewShotException notNew() {
        return new FewShotException(
                path + " must be a new run, but has checkpoints; resume it or choose another folder");
    }
}
