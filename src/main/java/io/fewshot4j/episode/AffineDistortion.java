package io.fewshot4j.episode;

import io.fewshot4j.data.ImageShape;

/**
 * A small change of an image (Koch et al. 2015, section 3.1): rotation within 10 degrees, shear within 0.3, scale from
 * 0.8 to 1.2 and shift within 2 of 105 pixels, both along each side; each of the seven is made with chance one half.
 * Around the middle, between pixels linearly, and beyond the border as on it.
 *
 * <p>Pixel (x, y) of the result, from the middle, is taken from ({@code xx} x + {@code xy} y + {@code shiftX},
 * {@code yx} x + {@code yy} y + {@code shiftY}).
 */
record AffineDistortion(double xx, double xy, double yx, double yy, double shiftX, double shiftY) {
    private static final double MOST_TURN = Math.toRadians(10);
    private static final double MOST_SHEAR = 0.3;
    private static final double MOST_SCALING = 0.2;
    private static final double MOST_SHIFT = 2.0 / 105;

    /** Each image distorted in a way of its own. */
    static LabelledImages of(LabelledImages images, SplitMix random) {
        float[] target = new float[images.pixels().length];
        for (int i = 0; i < images.count(); i++) {
            draw(random, images.shape())
                    .distort(
                            images.shape(),
                            images.pixels(),
                            target,
                            i * images.shape().size());
        }
        return images.withPixels(target);
    }

    static AffineDistortion draw(SplitMix random, ImageShape shape) {
        double turn = sometimes(random, MOST_TURN);
        double shearX = sometimes(random, MOST_SHEAR);
        double shearY = sometimes(random, MOST_SHEAR);
        double scaleX = 1 + sometimes(random, MOST_SCALING);
        double scaleY = 1 + sometimes(random, MOST_SCALING);
        double shiftX = sometimes(random, MOST_SHIFT * shape.width());
        double shiftY = sometimes(random, MOST_SHIFT * shape.height());
        double cos = Math.cos(turn);
        double sin = Math.sin(turn);
        return new AffineDistortion(
                scaleX * (cos - sin * shearY),
                scaleY * (cos * shearX - sin),
                scaleX * (sin + cos * shearY),
                scaleY * (sin * shearX + cos),
                shiftX,
                shiftY);
    }

    /** 0, or with chance one half a number within {@code most} of it. */
    private static double sometimes(SplitMix random, double most) {
        return random.next(2) == 0 ? 0 : random.between(-most, most);
    }

    /** Distorts the image that begins at {@code offset} of {@code source}, to the same place of {@code target}. */
    void distort(ImageShape shape, float[] source, float[] target, int offset) {
        double middleX = (shape.width() - 1) / 2.0;
        double middleY = (shape.height() - 1) / 2.0;
        int position = offset;
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                double x = xx * (column - middleX) + xy * (row - middleY) + shiftX + middleX;
                double y = yx * (column - middleX) + yy * (row - middleY) + shiftY + middleY;
                for (int channel = 0; channel < shape.channels(); channel++) {
                    target[position++] = between(shape, source, offset + channel, x, y);
                }
            }
        }
    }

    private static float between(ImageShape shape, float[] source, int offset, double x, double y) {
        double left = Math.floor(x);
        double top = Math.floor(y);
        double right = x - left;
        double down = y - top;
        double above = (1 - right) * pixel(shape, source, offset, left, top)
                + right * pixel(shape, source, offset, left + 1, top);
        double below = (1 - right) * pixel(shape, source, offset, left, top + 1)
                + right * pixel(shape, source, offset, left + 1, top + 1);
        return (float) ((1 - down) * above + down * below);
    }

    private static float pixel(ImageShape shape, float[] source, int offset, double x, double y) {
        int column = (int) Math.max(0, Math.min(shape.width() - 1, x));
        int row = (int) Math.max(0, Math.min(shape.height() - 1, y));
        return source[offset + (row * shape.width() + column) * shape.channels()];
    }
}
