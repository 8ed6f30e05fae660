package io.fewshot4j.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PrefetcherTest {
    private static final MemoryDataset DATA = new MemoryDataset(9, 5, new ImageShape(4, 4, 1));

    @Test
    void batches_come_in_order_from_the_first_one_asked_for() {
        EpisodeSampler sampler = sampler(DATA);
        try (Prefetcher<Episode> prefetcher = new Prefetcher<>(sampler::episode, 4, 7, 2)) {
            for (int batch = 7; batch < 12; batch++) {
                List<Episode> episodes = prefetcher.next();
                assertThat(episodes).hasSize(4);
                for (int i = 0; i < 4; i++) {
                    assertThat(episodes.get(i).classNames())
                            .isEqualTo(sampler.episode(batch * 4L + i).classNames());
                }
            }
        }
    }

    @Test
    void no_more_than_asked_for_is_drawn_ahead() {
        AtomicInteger reads = new AtomicInteger();
        Prefetcher<Episode> prefetcher =
                new Prefetcher<>(sampler(new Watched(DATA, reads::incrementAndGet))::episode, 1, 0, 3);
        for (int i = 0; i < 5; i++) {
            prefetcher.next();
        }
        prefetcher.close();

        int imagesOfOneEpisode = 2 * (1 + 1);
        assertThat(reads.get()).isBetween(5 * imagesOfOneEpisode, 8 * imagesOfOneEpisode);
    }

    @Test
    void an_unreadable_image_is_reported_to_the_consumer() {
        ImageDataset broken = new Watched(DATA, () -> {
            throw new FewShotException("image a.png is damaged");
        });
        try (Prefetcher<Episode> prefetcher = new Prefetcher<>(sampler(broken)::episode, 4, 0, 2)) {
            assertThatThrownBy(prefetcher::next)
                    .isInstanceOf(FewShotException.class)
                    .hasMessage("image a.png is damaged");
        }
    }

    @Test
    void a_fault_of_the_program_keeps_its_cause() {
        ImageDataset broken = new Watched(DATA, () -> {
            throw new IllegalStateException("closed");
        });
        try (Prefetcher<Episode> prefetcher = new Prefetcher<>(sampler(broken)::episode, 4, 0, 2)) {
            assertThatThrownBy(prefetcher::next)
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("closed");
        }
    }

    @Test
    void its_thread_ends_when_it_is_closed() throws InterruptedException {
        Thread[] drawing = new Thread[1];
        Prefetcher<Episode> prefetcher = new Prefetcher<>(
                sampler(new Watched(DATA, () -> drawing[0] = Thread.currentThread()))::episode, 1, 0, 1);
        prefetcher.next();
        assertThat(drawing[0].isDaemon()).isTrue();

        prefetcher.close();
        drawing[0].join(5000);

        assertThat(drawing[0].isAlive()).isFalse();
    }

    @Test
    void closing_does_not_interrupt_a_file_being_read() throws InterruptedException {
        CompletableFuture<Prefetcher<Episode>> self = new CompletableFuture<>();
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        ImageDataset closing = new Watched(DATA, () -> {
            self.join().close();
            interrupted.add(Thread.currentThread().isInterrupted());
        });
        self.complete(new Prefetcher<>(sampler(closing)::episode, 1, 0, 1));

        assertThat(interrupted.take()).isFalse();
    }

    @Test
    void drawing_nothing_ahead_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prefetcher<>(sampler(DATA)::episode, 1, 0, 0))
                .withMessage("prefetch must be at least 1, got 0");
    }

    private static EpisodeSampler sampler(ImageDataset data) {
        return new EpisodeSampler(data, new EpisodeShape(2, 1, 1), EpisodeRotation.NONE, 1);
    }

    /** A data set that says when an image is read. */
    private record Watched(MemoryDataset data, Runnable onRead) implements ImageDataset {
        @Override
        public ImageShape shape() {
            return data.shape();
        }

        @Override
        public int classCount() {
            return data.classCount();
        }

        @Override
        public String className(int classIndex) {
            return data.className(classIndex);
        }

        @Override
        public int imageCount(int classIndex) {
            return data.imageCount(classIndex);
        }

        @Override
        public String imageName(int classIndex, int image) {
            return data.imageName(classIndex, image);
        }

        @Override
        public void read(int classIndex, int image, byte[] target, int offset) {
            onRead.run();
            data.read(classIndex, image, target, offset);
        }

        @Override
        public String fingerprint() {
            return data.fingerprint();
        }
    }
}
