package io.fewshot4j.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean": the known word that a mistyped or shortened one most likely stands for. */
public final class Nearest {
    /**
     * A letter typed that the known word lacks speaks against it more than a letter left out: "inner-lr" is short for
     * "inner-learning-rate".
     */
    private static final int SURPLUS_COST = 4;

    private Nearest() {}

    /**
     * The nearest of {@code known}, the first of equals; empty when not even half of the letters typed agree with it.
     */
    public static Optional<String> to(String typed, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(word -> cost(typed, word)))
                .filter(word -> 2 * common(typed, word) > typed.length());
    }

    /** The end of an error message: "; did you mean X?", or all that there is where nothing is near. */
    public static String hint(String typed, Collection<String> known) {
        return to(typed, known)
                .map(word -> "; did you mean " + word + "?")
                .orElseGet(() -> "; there are: " + String.join(", ", known));
    }

    private static int cost(String typed, String word) {
        int common = common(typed, word);
        return SURPLUS_COST * (typed.length() - common) + word.length() - common;
    }

    /** The length of the longest common subsequence. */
    private static int common(String a, String b) {
        int[][] length = new int[a.length() + 1][b.length() + 1];
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                length[i][j] = a.charAt(i - 1) == b.charAt(j - 1)
                        ? length[i - 1][j - 1] + 1
                        : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[a.length()][b.length()];
    }
}
