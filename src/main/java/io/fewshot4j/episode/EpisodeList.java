package io.fewshot4j.episode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** The first {@code count} episodes of a source, frozen for evaluation. */
public final class EpisodeList {
    private final EpisodeSource source;
    private final int count;
    private final String hash;

    public EpisodeList(EpisodeSource source, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("episodes must be at least 1, got " + count);
        }
        this.source = source;
        this.count = count;
        this.hash = hash(source, count);
    }

    private static String hash(EpisodeSource source, int count) {
        MessageDigest sha256 = sha256();
        sha256.update((source.fingerprint() + "\n").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < count; i++) {
            String text = source.plan(i).classes().stream()
                    .map(c -> c.classIndex() + " " + c.quarterTurns() + " " + c.support() + " " + c.query() + "\n")
                    .collect(Collectors.joining());
            sha256.update((text + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * SHA-256 in hex over the data's fingerprint and the plan of every episode: equal for equal lists on any machine.
     */
    public String hash() {
        return hash;
    }

    public int count() {
        return count;
    }

    public long seed() {
        return source.seed();
    }

    public EpisodeShape shape() {
        return source.shape();
    }

    /** Fingerprint of the data that the episodes are made of. */
    String fingerprint() {
        return source.fingerprint();
    }

    /** Images that an episode is made of. */
    public EpisodePlan plan(int index) {
        return source.plan(requireIndex(index));
    }

    /** An episode with its pixels, read anew at each call. */
    public Episode episode(int index) {
        return source.episode(requireIndex(index));
    }

    private int requireIndex(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("episode must be 0 to " + (count - 1) + ", got " + index);
        }
        return index;
    }
}
