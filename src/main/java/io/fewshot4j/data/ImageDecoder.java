package io.fewshot4j.data;

import io.fewshot4j.FewShotException;

/**
 * From the bytes of an image file (PNG, JPEG, BMP or GIF) to pixels of one shape. Training images and a user's own
 * must go through equal decoders.
 *
 * @param shape what comes out; one channel is ITU-R 601 grey
 * @param invert whether 255 becomes 0
 */
public record ImageDecoder(ImageShape shape, Resize resize, Fit fit, boolean invert) {
    private static final int OMNIGLOT_SIZE = 105;

    /**
     * Decodes a file. Transparency is laid on white, and a JPEG is turned as its EXIF orientation says.
     *
     * @param where the file's name, for the message
     * @return {@code shape().size()} bytes, rows, channel last
     * @throws FewShotException if it is empty, damaged, cut short, too large or no image
     */
    public byte[] decode(String where, byte[] encoded) {
        PixelGrid grid = ImageCodec.read(where, encoded, shape.channels());
        if (fit == Fit.CROP) {
            grid = grid.cropTo(shape.height(), shape.width());
        }
        PixelGrid sized = switch (resize) {
            case NEAREST ->
                likeOmniglot(grid).nearest(shape.height(), shape.width()).binary();
            case SMOOTH -> grid.smooth(shape.height(), shape.width());
        };
        return (invert ? sized.inverted() : sized).toBytes();
    }

    private static PixelGrid likeOmniglot(PixelGrid grid) {
        return Math.max(grid.height(), grid.width()) <= OMNIGLOT_SIZE
                ? grid
                : grid.smooth(OMNIGLOT_SIZE, OMNIGLOT_SIZE).binary();
    }
}
