package io.fewshot4j.data.store;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.Fingerprint;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.store.PackedFile.UnusableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of decoded data sets, one packed file for each source and way of decoding. The images of a data set are
 * decoded once; after that its file is checked and mapped. A file appears under its name only when it is whole, and
 * several processes may use the folder at once.
 */
public final class PackedCache {
    /** To be raised when files come to be decoded otherwise: what was packed before is then decoded again. */
    private static final String DECODING = "decoding 2\n";

    private final Path folder;

    /** Over a folder that is made when it is needed. */
    public PackedCache(Path folder) {
        this.folder = folder;
    }

    /** The cache in the user's own folder. */
    public static PackedCache ofUser() {
        return new PackedCache(userFolder());
    }

    /** {@code XDG_CACHE_HOME/fewshot4j}, or {@code ~/.cache/fewshot4j}. */
    public static Path userFolder() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("fewshot4j");
    }

    /** The data set from its packed file, which is written first where it is absent or unusable. */
    public ImageDataset load(ImageListing listing, ImageDecoder decoder, DecodeProgress progress) {
        String key = key(listing, decoder);
        Path file = folder.resolve(listing.label() + "-" + key.substring(0, 16) + ".pack");
        try {
            if (!Files.isDirectory(folder)) { // which may be a link: createDirectories refuses those
                Files.createDirectories(folder);
            }
            Optional<ImageDataset> kept = open(file, key, progress);
            return kept.isPresent() ? kept.get() : pack(file, key, new Job(listing, decoder, progress));
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot keep packed images in " + folder + " (" + e
                            + "): free space there or choose another cache folder",
                    e);
        }
    }

    /**
     * A packed file of images, for other machines to {@link #open}; it is written where it is absent or unusable.
     *
     * @param images of any data set, whose fingerprint names the file
     */
    public Path keep(ImageDataset images) {
        String fingerprint = images.fingerprint();
        Path file = folder.resolve("images-" + fingerprint.substring(0, 16) + ".pack");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            if (open(file, fingerprint, DecodeProgress.silent()).isEmpty()) {
                Path unfinished = file.resolveSibling(
                        file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
                PackedFile.write(unfinished, fingerprint, images);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return file;
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot keep packed images in " + folder + " (" + e
                            + "): free space there or choose another cache folder",
                    e);
        }
    }

    /**
     * Images that {@link #keep} has packed.
     *
     * @throws FewShotException if the file is absent, damaged or of other images
     */
    public static ImageDataset open(Path file, String fingerprint) {
        try {
            ImageDataset images = PackedFile.open(file, fingerprint);
            if (images.fingerprint().equals(fingerprint)) {
                return images;
            }
            throw new UnusableException("it holds other images");
        } catch (NoSuchFileException e) {
            throw new FewShotException("there is no file of packed images " + file, e);
        } catch (UnusableException e) {
            throw new FewShotException("the packed images " + file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new FewShotException("cannot read the packed images " + file + ": " + e, e);
        }
    }

    /** Files to decode, and the listener that hears of it. */
    private record Job(ImageListing listing, ImageDecoder decoder, DecodeProgress progress) {}

    private static String key(ImageListing listing, ImageDecoder decoder) {
        Stream<String> labels = listing.images().stream().map(image -> image.className() + "\t" + image.name());
        return Fingerprint.ofText(Stream.concat(listing.stamps().stream(), labels)
                .collect(Collectors.joining("\n", DECODING + decoder + "\n", "")));
    }

    private static Optional<ImageDataset> open(Path file, String key, DecodeProgress progress) throws IOException {
        try {
            return Optional.of(PackedFile.open(file, key));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UnusableException e) {
            progress.note("the packed images " + file + " are not used, " + e.getMessage() + "; decoding again");
            return Optional.empty();
        }
    }

    /** One at a time in this process and, by a lock file, among all: the others then find the file there. */
    private static synchronized ImageDataset pack(Path file, String key, Job job) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel is closed
            Optional<ImageDataset> meanwhile = open(file, key, DecodeProgress.silent());
            return meanwhile.isPresent() ? meanwhile.get() : write(file, key, job);
        }
    }

    private static ImageDataset write(Path file, String key, Job job) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            PackedFile.write(unfinished, key, job.listing(), job.decoder(), job.progress());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return PackedFile.open(file, key);
    }
}
