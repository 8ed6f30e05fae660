package io.fewshot4j.data.glyphs;

import io.fewshot4j.data.Draws;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.SplitDataset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A data set drawn from a seed: the characters of a script that nobody writes, each drawn by many unsteady hands. Two
 * to four strokes (bowed lines, arcs, swings) make a character; a drawing moves the strokes' points and then turns,
 * slants, stretches and shifts the whole, with a pen of its own width. The same settings give the same bytes on every
 * machine.
 */
public final class Glyphs {
    /** The part of the page's width that a character fills before a writer moves it. */
    private static final double FILL = 0.6;

    /** The usual radius of the pen as a part of the page's width. */
    private static final double PEN = 0.03;

    private final GlyphsSettings settings;

    private Glyphs(GlyphsSettings settings) {
        this.settings = settings;
    }

    /** All three splits in memory; the ink is 255 and the paper 0. */
    public static SplitDataset draw(GlyphsSettings settings) {
        Glyphs glyphs = new Glyphs(settings);
        int validation = settings.trainClasses();
        int test = validation + settings.validationClasses();
        return new SplitDataset(
                "glyphs",
                glyphs.characters(0, validation),
                glyphs.characters(validation, test),
                glyphs.characters(test, test + settings.testClasses()));
    }

    private ImageDataset characters(int from, int to) {
        int size = settings.imageSize();
        List<String> names = IntStream.range(from, to)
                .mapToObj(character -> String.format(Locale.ROOT, "glyph%04d", character))
                .toList();
        List<byte[]> drawings =
                IntStream.range(from, to).mapToObj(this::drawings).toList();
        return new DrawnImages(new ImageShape(size, size, 1), names, drawings);
    }

    /** All drawings of one character, one after another. */
    private byte[] drawings(int character) {
        Draws draws = Draws.of(settings.glyphsSeed(), character);
        Glyph glyph = Glyph.invent(draws);
        int length = settings.imageSize() * settings.imageSize();
        byte[] all = new byte[settings.imagesPerClass() * length];
        for (int i = 0; i < settings.imagesPerClass(); i++) {
            System.arraycopy(drawing(glyph, draws), 0, all, i * length, length);
        }
        return all;
    }

    private byte[] drawing(Glyph glyph, Draws draws) {
        int size = settings.imageSize();
        Pen pen = new Pen(size, size * (PEN + PEN * 0.2 * settings.jitter() * draws.bell()));
        glyph.written(draws, settings.jitter())
                .map(p -> new Point(size * (0.5 + FILL * (p.x() - 0.5)), size * (0.5 + FILL * (p.y() - 0.5))))
                .strokes()
                .forEach(stroke -> pen.follow(stroke.outline()));
        return pen.page();
    }
}
