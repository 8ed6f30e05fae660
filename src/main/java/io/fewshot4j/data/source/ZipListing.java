package io.fewshot4j.data.source;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Lists a zip archive, which stays open until its closer is called. */
final class ZipListing {
    private ZipListing() {}

    static ImageSource.Closer list(Path archive, ImageSource.Found found) {
        try {
            found.stamp(FileStamp.of(archive));
            ZipFile zip = open(archive);
            try {
                zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> add(archive, zip, entry, found));
            } catch (FewShotException e) {
                zip.close();
                throw e;
            }
            return zip::close;
        } catch (ZipException e) {
            throw new FewShotException(
                    archive + " is not a zip archive, or a damaged one (" + e.getMessage() + "): fetch it again", e);
        } catch (IOException e) {
            throw new FewShotException(archive + " cannot be read (" + e + ")", e);
        }
    }

    /**
     * Names that do not say that they are UTF-8 are of code page 437, as the format has it, where they are not UTF-8
     * all the same.
     */
    private static ZipFile open(Path archive) throws IOException {
        try {
            return new ZipFile(archive.toFile());
        } catch (ZipException e) {
            if (String.valueOf(e.getMessage()).contains("bad entry name")) {
                return new ZipFile(archive.toFile(), Charset.forName("IBM437"));
            }
            throw e;
        }
    }

    private static void add(Path archive, ZipFile zip, ZipEntry entry, ImageSource.Found found) {
        String path = entry.getName();
        String where = archive + "!/" + path;
        boolean outside = path.startsWith("/")
                || path.contains("\\")
                || path.contains(":")
                || Arrays.asList(path.split("/")).contains("..");
        if (outside) {
            throw new FewShotException(
                    where + " is a path outside the archive's folder: do not use this archive, pack it again");
        }
        found.add(path, where, () -> zip.getInputStream(entry));
    }
}
