package io.fewshot4j.data.image;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;

/**
 * Decodes the bytes of an image file (see {@link ImageFormat}) to pixels of one shape. Training images and a user's own
 * must go through equal decoders.
 *
 * @param shape what comes out; one channel is ITU-R 601 grey
 * @param invert whether 255 becomes 0
 */
public record ImageDecoder(ImageShape shape, Resize resize, Fit fit, boolean invert) {
    /**
     * Decodes a file. Transparency is laid on white, and the image turned as its EXIF orientation says.
     *
     * @param where the file's name, for the message
     * @return {@code shape().size()} bytes, rows, channel last
     * @throws FewShotException if it is empty, damaged, cut short, too large (for the memory, too) or no image
     */
    public byte[] decode(String where, byte[] encoded) {
        try {
            return fitted(ImageCodec.read(where, encoded, shape.channels()));
        } catch (OutOfMemoryError e) {
            throw ImageCodec.tooLarge(where, e);
        }
    }

    /** Fits pixels that are decoded already. */
    public byte[] fitted(PixelGrid decoded) {
        PixelGrid grid = decoded;
        if (fit == Fit.CROP) {
            grid = grid.cropTo(shape.height(), shape.width());
        }
        PixelGrid sized = switch (resize) {
            case NEAREST -> grid.nearest(shape.height(), shape.width()).binary();
            case SMOOTH -> grid.smooth(shape.height(), shape.width());
        };
        return (invert ? sized.inverted() : sized).toBytes();
    }
}
