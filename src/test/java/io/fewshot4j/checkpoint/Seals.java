package io.fewshot4j.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes changed checkpoints look unchanged, as a forger would. */
public final class Seals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Seals() {}

    /** Gives a manifest the digests of the files beside it, and its own. */
    public static void seal(Path checkpoint) throws IOException {
        Path file = checkpoint.resolve(ManifestFile.NAME);
        ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
        if (root.get("sha256") instanceof ObjectNode digests) {
            for (String name : new String[] {"parameters.npz", "optimizer.npz"}) {
                digests.put(name, DurableFiles.sha256(checkpoint.resolve(name)));
            }
        }
        root.put("checksum", ManifestFile.checksum(root));
        Files.writeString(file, root.toPrettyString());
    }
}
