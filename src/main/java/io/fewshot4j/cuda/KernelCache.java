package io.fewshot4j.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Machine code of kernels on disk, by the hash of their text and the compiler's options. */
final class KernelCache {
    private static final Logger LOG = LoggerFactory.getLogger(KernelCache.class);

    private final Path folder;

    KernelCache(Path folder) {
        this.folder = folder;
    }

    /** The code that was kept of a text; empty where there is none that can be read. */
    Optional<byte[]> find(String source, List<String> options) {
        Path file = file(source, options);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("kernels are compiled anew, because {} cannot be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps the code of a text. A reader sees all of it or nothing. */
    void keep(String source, List<String> options, byte[] code) {
        Path file = file(source, options);
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "kernels", ".part");
            Files.write(part, code);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("kernels will be compiled anew next time, because {} cannot be written: {}", file, e.getMessage());
        }
    }

    private Path file(String source, List<String> options) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.join(" ", options).getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest(("\n" + source).getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash) + ".cubin");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
