package io.fewshot4j.catalog;

import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.SplitDataset;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;

/**
 * Drawn images in the form of a data set: its size, colours, classes and images of a class. A hundred characters take
 * turns.
 */
record DrawnForm(ImageDataset drawings, ImageShape shape, int classCount, int images) implements ImageDataset {
    private static final int CHARACTERS = 100;
    private static final int DRAWINGS = 20;

    /** Training classes as many as a data set has (in Omniglot's case four turns of each), and a hundred to test. */
    static SplitDataset of(String dataset, ImageShape shape) {
        ImageDataset drawings = Glyphs.draw(new GlyphsSettings(CHARACTERS, 0, 2, DRAWINGS, shape.height(), 1, 1))
                .train();
        boolean omniglot = dataset.equals("omniglot");
        ImageDataset train = new DrawnForm(drawings, shape, omniglot ? 4 * 1028 : 64, omniglot ? 20 : 600);
        ImageDataset test = new DrawnForm(drawings, shape, CHARACTERS, omniglot ? 20 : 600);
        return new SplitDataset(dataset, train, test, test);
    }

    @Override
    public String className(int classIndex) {
        return "class " + classIndex;
    }

    @Override
    public int imageCount(int classIndex) {
        return images;
    }

    @Override
    public String imageName(int classIndex, int image) {
        return "drawn";
    }

    @Override
    public void read(int classIndex, int image, byte[] target, int offset) {
        byte[] drawing = new byte[drawings.shape().size()];
        drawings.read(classIndex % CHARACTERS, image % DRAWINGS, drawing, 0);
        for (int i = 0; i < shape.size(); i++) {
            target[offset + i] = drawing[i / shape.channels()];
        }
    }

    @Override
    public String fingerprint() {
        return "drawn";
    }
}
