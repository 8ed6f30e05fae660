package io.fewshot4j.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ArenaTest {
    /** Alignment that oneDNN likes, in entries of 4 bytes. */
    private static final long ALIGNMENT = 16;

    private record Block(long offset, long length) {
        boolean overlaps(Block other) {
            return offset < other.offset + other.length && other.offset < offset + length;
        }
    }

    @Test
    void no_two_live_blocks_overlap_and_all_are_aligned() {
        for (long seed = 0; seed < 300; seed++) {
            Arena arena = new Arena();
            List<Block> live = new ArrayList<>();
            Random random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                if (!live.isEmpty() && random.nextInt(5) < 2) {
                    Block block = live.remove(random.nextInt(live.size()));
                    arena.give(block.offset, block.length);
                } else {
                    take(arena, live, 1 + random.nextInt(1 << random.nextInt(10)));
                }
            }
        }
    }

    private static void take(Arena arena, List<Block> live, long length) {
        Block block = new Block(arena.take(length), length);
        assertThat(block.offset % ALIGNMENT).isZero();
        assertThat(block.offset + length).isLessThanOrEqualTo(arena.size());
        assertThat(live).noneMatch(block::overlaps);
        live.add(block);
    }

    @Test
    void what_was_given_back_is_used_again_as_one_piece() {
        for (long seed = 0; seed < 100; seed++) {
            Arena arena = new Arena();
            List<Block> live = new ArrayList<>();
            Random random = new Random(seed);
            for (int i = 0; i < 20; i++) {
                take(arena, live, 1 + random.nextInt(100));
            }
            long size = arena.size();
            Collections.shuffle(live, random);
            live.forEach(block -> arena.give(block.offset, block.length));

            assertThat(arena.take(size)).isZero();
            assertThat(arena.size()).isEqualTo(size);
        }
    }

    @Test
    void the_smallest_hole_that_is_large_enough_is_taken() {
        Arena arena = new Arena();
        long large = arena.take(64);
        arena.take(16);
        long small = arena.take(32);
        arena.take(16);
        arena.give(large, 64);
        arena.give(small, 32);

        assertThat(arena.take(20)).isEqualTo(small);
        assertThat(arena.take(33)).isEqualTo(large);
    }

    @Test
    void a_free_block_at_the_end_grows() {
        Arena arena = new Arena();
        arena.take(16);
        long last = arena.take(16);
        arena.give(last, 16);

        assertThat(arena.take(48)).isEqualTo(last);
        assertThat(arena.size()).isEqualTo(64);
    }
}
