package io.fewshot4j.data.image;

import io.fewshot4j.FewShotException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Image files to pixels, strictly: what a lenient reader would fill with grey is refused. */
final class ImageCodec {
    /** As many as a large camera's, few enough that decoding several at once fits into memory. */
    private static final long MAX_PIXELS = 50_000_000;

    private static final int MAX_SIDE = 65_535;

    private ImageCodec() {}

    static PixelGrid read(String where, byte[] encoded, int channels) {
        if (encoded.length == 0) {
            throw new FewShotException(where + " is empty: an image must have pixels; replace or remove it");
        }
        ImageFormat format = ImageFormat.of(encoded)
                .orElseThrow(() ->
                        new FewShotException(where + " is not a PNG, JPEG, BMP or GIF image: convert or remove it"));
        try {
            format.check(encoded);
            return decode(where, format, encoded, channels)
                    .upright(format == ImageFormat.JPEG ? JpegSegments.orientation(encoded) : 1);
        } catch (FewShotException e) {
            throw e;
        } catch (EOFException e) {
            throw new FewShotException(where + " is cut short: replace or remove it", e);
        } catch (IOException | RuntimeException e) {
            throw new FewShotException(
                    where + " is damaged or of a kind that cannot be read (" + reason(e) + "): replace or remove it",
                    e);
        }
    }

    private static PixelGrid decode(String where, ImageFormat format, byte[] encoded, int channels) throws IOException {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT));
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(stream, true);
            int height = reader.getHeight(0);
            int width = reader.getWidth(0);
            if (Math.max(height, width) > MAX_SIDE || (long) height * width > MAX_PIXELS) {
                throw new FewShotException(where + " is too large: an image may have " + MAX_PIXELS + " pixels, "
                        + MAX_SIDE + " on a side, got " + height + "x" + width + "; shrink it");
            }
            if (format == ImageFormat.JPEG && JpegSegments.components(encoded) == 4) {
                return Cmyk.read(reader.readRaster(0, null), JpegSegments.adobeTransform(encoded), channels);
            }
            return Samples.read(reader.read(0), channels);
        } finally {
            reader.dispose();
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.lines().findFirst().orElse("no reason given");
    }
}
