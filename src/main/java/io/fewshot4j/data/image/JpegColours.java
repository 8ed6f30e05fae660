package io.fewshot4j.data.image;

/**
 * Colours of a JPEG's samples, and their conversion to red, green and blue: in libjpeg's whole numbers, without a
 * profile.
 */
enum JpegColours {
    /** One sample, or what is taken as it is. */
    GREY,
    RGB,
    /** Luma and chroma. */
    YCC,
    /** Four inks as Adobe stores them, inverted. */
    CMYK,
    /** Luma and chroma of the first three inks, and black. */
    YCCK;

    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int RED_OF_CR = fixed(1.40200);
    private static final int GREEN_OF_CB = fixed(0.34414);
    private static final int GREEN_OF_CR = fixed(0.71414);
    private static final int BLUE_OF_CB = fixed(1.77200);

    private static int fixed(double factor) {
        return (int) (factor * (1 << BITS) + 0.5);
    }

    /** Converts the samples of one pixel in place; the first three become red, green and blue. */
    void toRgb(int[] pixel) {
        if (this == YCC || this == YCCK) {
            fromLuma(pixel);
        }
        if (this == YCCK) {
            for (int i = 0; i < 3; i++) {
                pixel[i] = 255 - pixel[i];
            }
        }
        if (this == CMYK || this == YCCK) {
            int black = pixel[3];
            for (int i = 0; i < 3; i++) {
                pixel[i] = light(pixel[i], black);
            }
        }
    }

    private static void fromLuma(int[] pixel) {
        int luma = pixel[0];
        int blue = pixel[1] - 128;
        int red = pixel[2] - 128;
        pixel[0] = clamp(luma + ((RED_OF_CR * red + HALF) >> BITS));
        pixel[1] = clamp(luma + ((-GREEN_OF_CB * blue - GREEN_OF_CR * red + HALF) >> BITS));
        pixel[2] = clamp(luma + ((BLUE_OF_CB * blue + HALF) >> BITS));
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** Light that an ink and black let through, in Pillow's rounding. */
    static int light(int ink, int black) {
        int product = (255 - ink) * black + 128;
        return Math.max(0, black - (((product >> 8) + product) >> 8));
    }
}
