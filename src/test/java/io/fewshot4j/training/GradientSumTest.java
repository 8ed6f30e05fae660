package io.fewshot4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GradientSumTest {
    private final EpisodeSampler episodes = new EpisodeSampler(Runs.DATA, Runs.SHAPE, EpisodeRotation.NONE, 1);

    @Test
    void one_two_and_three_threads_have_the_bits_of_a_recursive_tree_over_the_tasks() {
        try (Model model = Runs.model()) {
            for (int count : List.of(1, 2, 3, 6, 8, 17, 32, 50)) {
                float[] expected = tree(model, count);
                for (int threads : List.of(1, 2, 3)) {
                    assertThat(mean(model, count, threads))
                            .as("%s tasks, %s threads", count, threads)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private float[] mean(Model model, int count, int threads) {
        try (Workers<Learner> workers = new Workers<>(LinearLearner::new, model, threads);
                MetaGradient mean = GradientSum.mean(workers, episodes.episodes(0, count), 1, 0)) {
            assertThat(mean.tasks()).isEqualTo(count);
            return mean.gradient().flat().toFloatVector();
        }
    }

    private float[] tree(Model model, int count) {
        try (Learner learner = new LinearLearner(model)) {
            List<float[]> gradients = IntStream.range(0, count)
                    .mapToObj(i -> gradient(learner, episodes.episode(i)))
                    .toList();
            float[] sum = tree(gradients);
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= count;
            }
            return sum;
        }
    }

    private static float[] gradient(Learner learner, Episode task) {
        try (MetaGradient one = learner.metaGradient(List.of(task))) {
            return one.gradient().flat().toFloatVector();
        }
    }

    private static float[] tree(List<float[]> gradients) {
        int count = gradients.size();
        if (count == 1) {
            return gradients.get(0).clone();
        }
        int left = Integer.highestOneBit(count - 1);
        float[] sum = tree(gradients.subList(0, left));
        float[] others = tree(gradients.subList(left, count));
        for (int i = 0; i < sum.length; i++) {
            sum[i] += others[i];
        }
        return sum;
    }
}
