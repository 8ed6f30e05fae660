package io.fewshot4j.data.source;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.store.ImageListing;
import java.io.IOException;
import java.io.InputStream;

/**
 * An image file before it is decoded.
 *
 * @param path inside its folder or archive, with {@code /}
 * @param where the whole name, for messages
 */
public record ImageFile(String path, String where, Content content) implements ImageListing.Undecoded {
    /** Opens the file. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** The part of the path before the file's name; empty at the top. */
    public String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    @Override
    public byte[] decode(ImageDecoder decoder) {
        return decoder.decode(where, read());
    }

    /** The file name without folders. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public byte[] read() {
        try (InputStream in = content.open()) {
            byte[] bytes = in.readNBytes(ImageSource.MAX_BYTES + 1);
            if (bytes.length > ImageSource.MAX_BYTES) {
                throw new FewShotException(
                        where + " is too large: an image file may have " + ImageSource.MAX_BYTES + " bytes; shrink it");
            }
            return bytes;
        } catch (IOException e) {
            throw new FewShotException(where + " cannot be read (" + e + "): replace or remove it", e);
        }
    }
}
