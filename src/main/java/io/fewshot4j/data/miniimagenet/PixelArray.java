package io.fewshot4j.data.miniimagenet;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.PixelGrid;
import io.fewshot4j.data.pickle.PickleValue;
import io.fewshot4j.data.store.ImageListing;
import java.nio.ByteBuffer;
import java.util.List;

/** Images in one array of bytes [count, height, width, 3] or [count, 3, height, width]. */
record PixelArray(String where, List<Integer> shape, ByteBuffer data) {
    private static final int COLOURS = 3;

    PixelArray {
        shape = List.copyOf(shape);
    }

    static PixelArray of(String where, PickleValue value) {
        if (!(value instanceof PickleValue.Array array)
                || !array.type().code().equals("u1")
                || array.shape().size() != 4
                || (array.shape().get(3) != COLOURS && array.shape().get(1) != COLOURS)) {
            String got = value instanceof PickleValue.Array array
                    ? array.type().code() + " " + array.shape()
                    : value.getClass().getSimpleName();
            throw new FewShotException(
                    where + " must have images as an array of unsigned bytes [count, height, width, 3], got " + got);
        }
        return new PixelArray(where, array.shape(), array.data());
    }

    ImageListing.Undecoded image(int index) {
        if (index < 0 || index >= shape.get(0)) {
            throw new FewShotException(
                    where + " names image " + index + " of a class, but has images 0 to " + (shape.get(0) - 1));
        }
        return new ImageListing.Undecoded() {
            @Override
            public String where() {
                return where + ", image " + index;
            }

            @Override
            public byte[] decode(ImageDecoder decoder) {
                return decoder.fitted(grid(index));
            }
        };
    }

    private PixelGrid grid(int index) {
        boolean channelLast = shape.get(3) == COLOURS;
        int height = shape.get(channelLast ? 1 : 2);
        int width = shape.get(channelLast ? 2 : 3);
        byte[] pixels = new byte[height * width * COLOURS];
        data.get(index * pixels.length, pixels);
        return new PixelGrid(height, width, COLOURS, channelLast ? pixels : interleaved(pixels));
    }

    private static byte[] interleaved(byte[] planes) {
        byte[] pixels = new byte[planes.length];
        int plane = planes.length / COLOURS;
        for (int i = 0; i < planes.length; i++) {
            pixels[i % plane * COLOURS + i / plane] = planes[i];
        }
        return pixels;
    }
}
