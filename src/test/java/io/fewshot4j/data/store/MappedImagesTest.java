package io.fewshot4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.miniimagenet.MiniImageNetSettings;
import io.fewshot4j.data.store.ImageListing.Labelled;
import io.fewshot4j.data.store.ImageListing.Undecoded;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decoded images stay in their file: reading all of them leaves no copy on the heap. */
class MappedImagesTest {
    private static final int CLASSES = 10;
    private static final int IMAGES = 100;
    private static final ImageDecoder DECODER = MiniImageNetSettings.defaults().decoder();

    @Test
    void a_thousand_images_are_opened_and_read_in_less_memory_than_a_twentieth_of_them(@TempDir Path folder) {
        ImageListing listing = new ImageListing("many", List.of(), images());
        PackedCache cache = new PackedCache(folder);
        cache.load(listing, DECODER, DecodeProgress.silent());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        ImageDataset data = cache.load(listing, DECODER, DecodeProgress.silent());
        byte[] pixels = new byte[data.shape().size()];
        long sum = 0;
        for (int c = 0; c < data.classCount(); c++) {
            for (int i = 0; i < data.imageCount(c); i++) {
                data.read(c, i, pixels, 0);
                sum += pixels[i];
            }
        }

        long size = (long) CLASSES * IMAGES * pixels.length;
        assertThat(sum).isEqualTo(IMAGES * (long) (CLASSES * (CLASSES - 1) / 2));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(size / 20);
    }

    private static List<Labelled> images() {
        List<Labelled> images = new ArrayList<>();
        for (int i = 0; i < CLASSES * IMAGES; i++) {
            byte[] pixels = new byte[DECODER.shape().size()];
            int value = i / IMAGES;
            images.add(new Labelled("class" + value, "image" + i, new Undecoded() {
                @Override
                public String where() {
                    return "made";
                }

                @Override
                public byte[] decode(ImageDecoder decoder) {
                    Arrays.fill(pixels, (byte) value);
                    return pixels;
                }
            }));
        }
        return images;
    }
}
