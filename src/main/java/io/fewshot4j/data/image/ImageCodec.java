package io.fewshot4j.data.image;

import io.fewshot4j.FewShotException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Image files to pixels, strictly: what a lenient reader would fill with grey is refused. */
final class ImageCodec {
    /** Most pixels of an image: as many as a large camera's, few enough that one fits into memory. */
    private static final long MAX_PIXELS = 100_000_000;

    private static final int MAX_SIDE = 65_535;

    /** Images with more pixels are decoded one at a time. */
    private static final long LARGE = 10_000_000;

    private static final Semaphore LARGE_ONES = new Semaphore(1);

    private ImageCodec() {}

    static PixelGrid read(String where, byte[] encoded, int channels) {
        if (encoded.length == 0) {
            throw new FewShotException(where + " is empty: an image must have pixels; replace or remove it");
        }
        ImageFormat format = ImageFormat.of(encoded)
                .orElseThrow(() -> new FewShotException(
                        where + " is not a " + ImageFormat.NAMES + " image: convert or remove it"));
        try {
            return decode(where, format, format.pixelsOf(encoded), channels).upright(format.orientation(encoded));
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

    private static PixelGrid decode(String where, ImageFormat format, byte[] file, int channels) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT))
                .next();
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(stream, true);
            int height = reader.getHeight(0);
            int width = reader.getWidth(0);
            requireSize(where, height, width);
            boolean large = (long) height * width > LARGE;
            if (large) {
                LARGE_ONES.acquireUninterruptibly();
            }
            try {
                return pixels(where, format, file, reader, channels);
            } catch (OutOfMemoryError | IOException | RuntimeException e) {
                Optional<OutOfMemoryError> memory = memory(e);
                if (memory.isPresent()) {
                    throw tooLarge(where + " of " + height + "x" + width + " pixels", memory.get());
                }
                throw e;
            } finally {
                if (large) {
                    LARGE_ONES.release();
                }
            }
        } finally {
            reader.dispose();
        }
    }

    /** Memory that ran out, which readers tell as damage. */
    private static Optional<OutOfMemoryError> memory(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .filter(OutOfMemoryError.class::isInstance)
                .map(OutOfMemoryError.class::cast)
                .findFirst();
    }

    /** The fault of an image that would be read with more memory. */
    static FewShotException tooLarge(String what, OutOfMemoryError cause) {
        return new FewShotException(
                what + " needs more memory than Java has here ("
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MB): shrink it, or set FEWSHOT4J_OPTS=-Xmx4g",
                cause);
    }

    private static void requireSize(String where, int height, int width) {
        if (Math.max(height, width) > MAX_SIDE || (long) height * width > MAX_PIXELS) {
            throw new FewShotException(where + " is too large: an image may have " + MAX_PIXELS + " pixels, " + MAX_SIDE
                    + " on a side, got " + height + "x" + width + "; shrink it");
        }
    }

    private static PixelGrid pixels(String where, ImageFormat format, byte[] file, ImageReader reader, int channels)
            throws IOException {
        if (format == ImageFormat.JPEG) {
            return Samples.read(reader.readRaster(0, null), JpegSegments.colours(file), channels);
        }
        BufferedImage image = reader.read(0);
        if (format == ImageFormat.GIF && image.getColorModel() instanceof IndexColorModel colours) {
            GifBlocks.Screen screen = GifBlocks.screen(file, image.getHeight(), image.getWidth());
            requireSize(where, screen.height(), screen.width());
            return Palette.of(colours, channels).readOnScreen(image.getRaster(), screen);
        }
        return Samples.read(image, channels);
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
