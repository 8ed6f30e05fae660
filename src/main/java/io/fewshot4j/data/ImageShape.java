package io.fewshot4j.data;

/** Height, width and channels of an image; pixels lie in rows, channel last. */
public record ImageShape(int height, int width, int channels) {
    private static final int MOST_PIXELS = 1 << 28;

    public ImageShape {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("image must be at least 1x1, got " + height + "x" + width);
        }
        if ((long) height * width > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "image must have at most " + MOST_PIXELS + " pixels, got " + height + "x" + width);
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 (grey) or 3 (colour), got " + channels);
        }
    }

    /** Bytes of one image. */
    public int size() {
        return height * width * channels;
    }
}
