package io.fewshot4j.episode;

import java.util.List;

/** Images that make up an episode; the class at position {@code i} has label {@code i}. */
public record EpisodePlan(List<ClassPlan> classes) {
    public EpisodePlan {
        classes = List.copyOf(classes);
    }

    /**
     * The images of one class, by their index in it.
     *
     * @param quarterTurns counter-clockwise, 0 to 3
     */
    public record ClassPlan(int classIndex, int quarterTurns, List<Integer> support, List<Integer> query) {
        public ClassPlan {
            support = List.copyOf(support);
            query = List.copyOf(query);
        }
    }
}
