package io.fewshot4j.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.data.ImageShape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EpisodeListTest {
    private static final MemoryDataset DATA = new MemoryDataset(9, 5, new ImageShape(4, 4, 1));
    private static final EpisodeShape SHAPE = new EpisodeShape(3, 1, 1);

    @Test
    void equal_lists_have_equal_hashes_and_others_do_not() {
        List<String> hashes = Stream.of(
                        list(DATA, SHAPE, EpisodeRotation.NONE, 1, 10),
                        list(DATA, SHAPE, EpisodeRotation.NONE, 2, 10),
                        list(DATA, SHAPE, EpisodeRotation.NONE, 1, 11),
                        list(DATA, SHAPE, EpisodeRotation.PER_CLASS, 1, 10),
                        list(DATA, new EpisodeShape(3, 1, 2), EpisodeRotation.NONE, 1, 10),
                        list(new MemoryDataset(9, 5, new ImageShape(5, 5, 1)), SHAPE, EpisodeRotation.NONE, 1, 10))
                .map(EpisodeList::hash)
                .toList();

        assertThat(hashes).doesNotHaveDuplicates().allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(list(DATA, SHAPE, EpisodeRotation.NONE, 1, 10).hash()).isEqualTo(hashes.get(0));
    }

    @Test
    void it_gives_the_samplers_episodes() {
        EpisodeList list = list(DATA, SHAPE, EpisodeRotation.NONE, 4, 10);
        EpisodeSampler sampler = new EpisodeSampler(DATA, SHAPE, EpisodeRotation.NONE, 4);

        assertThat(list.plan(9)).isEqualTo(sampler.plan(9));
        assertThat(list.episode(9).query().pixels())
                .isEqualTo(sampler.episode(9).query().pixels());
        assertThat(list.count()).isEqualTo(10);
        assertThat(list.seed()).isEqualTo(4);
        assertThat(list.shape()).isEqualTo(SHAPE);
    }

    @Test
    void there_are_no_episodes_beyond_its_ends() {
        EpisodeList list = list(DATA, SHAPE, EpisodeRotation.NONE, 4, 10);

        assertThatThrownBy(() -> list.episode(10)).hasMessage("episode must be 0 to 9, got 10");
        assertThatThrownBy(() -> list.plan(-1)).hasMessage("episode must be 0 to 9, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list(DATA, SHAPE, EpisodeRotation.NONE, 4, 0))
                .withMessage("episodes must be at least 1, got 0");
    }

    private static EpisodeList list(
            MemoryDataset data, EpisodeShape shape, EpisodeRotation rotation, long seed, int count) {
        return new EpisodeList(new EpisodeSampler(data, shape, rotation, seed), count);
    }
}
