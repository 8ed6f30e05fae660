package io.fewshot4j.data.download;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Part of a file that has been received so far: {@code NAME.part}, and beside it in {@code NAME.part.etag} which
 * version of the file it is of.
 */
final class PartFile {
    /** Form of a tag that HTTP allows; anything else cannot be sent back. */
    private static final String TAG = "(W/)?\"[!#-~]{0,1000}\"";

    private final Path target;
    private final Path part;
    private final Path tag;

    PartFile(Path target) {
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.tag = target.resolveSibling(target.getFileName() + ".part.etag");
    }

    Path path() {
        return part;
    }

    long length() {
        return attempt(() -> Files.exists(part) ? Files.size(part) : 0L);
    }

    Optional<String> tag() {
        return attempt(() -> Files.exists(tag)
                ? Optional.of(new String(Files.readAllBytes(tag), StandardCharsets.ISO_8859_1))
                        .filter(text -> text.matches(TAG))
                : Optional.empty());
    }

    /** Empty again; what comes next is of the version {@code newTag}. */
    void restart(Optional<String> newTag) {
        attempt(() -> {
            Files.write(part, new byte[0]);
            Files.deleteIfExists(tag);
            return newTag.isPresent() ? Files.writeString(tag, newTag.get()) : tag;
        });
    }

    void delete() {
        attempt(() -> {
            Files.deleteIfExists(tag);
            return Files.deleteIfExists(part);
        });
    }

    void append(List<ByteBuffer> buffers) {
        attempt(() -> {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (ByteBuffer buffer : buffers) {
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                }
            }
            return part;
        });
    }

    /** Gives the whole file its own name, at once. */
    void finish() {
        attempt(() -> {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.deleteIfExists(tag);
            return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** MD5 of a file, in lower-case hex. */
    static String md5(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                md5.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Action<T> {
        T run() throws IOException;
    }

    private <T> T attempt(Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot write " + part + ": " + Reason.of(e) + "; mend that and run the same command again", e);
        }
    }
}
