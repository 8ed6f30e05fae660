package io.fewshot4j.data.download;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Reason;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Downloads a data set's archives. A file is received as {@code NAME.part}, which a later run goes on with, and gets
 * its name only when its MD5 is right. A right file that is there already is left as it is.
 */
public final class Fetch {
    private final FetchLimits limits;
    private final FetchProgress progress;
    private final HttpClient client;

    public Fetch(FetchLimits limits, FetchProgress progress) {
        this.limits = limits;
        this.progress = progress;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(limits.silence())
                .build();
    }

    /**
     * One archive.
     *
     * @param downloaded false where it was there already
     */
    public record Fetched(Path file, boolean downloaded) {}

    /** Brings every archive to a folder, which is made where there is none. */
    public List<Fetched> fetch(FetchSource source, Path folder) {
        makeFolder(folder);
        List<Fetched> fetched = new ArrayList<>();
        for (FetchSource.Archive archive : source.archives()) {
            Path target = folder.resolve(archive.file());
            boolean there = isThere(target, archive);
            if (!there) {
                there = downloadAlone(source, archive, target);
            }
            fetched.add(new Fetched(target, !there));
        }
        return fetched;
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new FewShotException("--to must be a folder, but " + folder + " is a file", e);
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot make the folder " + folder + ": " + Reason.of(e) + "; name another with --to", e);
        }
    }

    private static boolean isThere(Path target, FetchSource.Archive archive) {
        if (!Files.exists(target)) {
            return false;
        }
        String found = md5(target);
        if (!found.equals(archive.md5())) {
            throw new FewShotException(target + " must have the MD5 " + archive.md5() + ", got " + found
                    + "; move it away and run the same command again");
        }
        return true;
    }

    /** One process at a time writes a file, by a lock that stays; says whether another brought it meanwhile. */
    private boolean downloadAlone(FetchSource source, FetchSource.Archive archive, Path target) {
        Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw busy(target);
            }
            boolean meanwhile = isThere(target, archive);
            if (!meanwhile) {
                download(source, archive, new PartFile(target));
            }
            return meanwhile;
        } catch (OverlappingFileLockException e) {
            throw busy(target);
        } catch (IOException e) {
            throw new FewShotException(
                    "cannot write " + lock + ": " + Reason.of(e) + "; name another folder with --to", e);
        }
    }

    private static FewShotException busy(Path target) {
        return new FewShotException(target + " is being downloaded by another data fetch: wait for it, or name another"
                + " folder with --to");
    }

    private void download(FetchSource source, FetchSource.Archive archive, PartFile part) {
        Download download = new Download(client, limits, progress, source.base(), archive.file(), part);
        try {
            boolean inOnePiece = download.run();
            if (!inOnePiece && !md5(part.path()).equals(archive.md5())) {
                part.delete();
                download.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FewShotException(
                    "the download of " + archive.file()
                            + " was stopped; run the same command again to go on from there",
                    e);
        }
        accept(source, archive, part);
    }

    private static void accept(FetchSource source, FetchSource.Archive archive, PartFile part) {
        String found = md5(part.path());
        if (!found.equals(archive.md5())) {
            part.delete();
            throw new FewShotException(source.base().resolve(archive.file()) + " must have the MD5 " + archive.md5()
                    + ", got " + found + "; what came was deleted: try again, or name another address with --from");
        }
        part.finish();
    }

    private static String md5(Path file) {
        try {
            return PartFile.md5(file);
        } catch (IOException e) {
            throw new FewShotException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }
}
