package io.fewshot4j.report;

import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.learner.BatchStatistics;
import java.util.Locale;

/** The words that all reports use for the same thing. */
public final class Words {
    private Words() {}

    /** A constant as settings write it: {@code support-and-one-query}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether answers may depend on the other queries. */
    public static String protocol(BatchStatistics statistics) {
        return protocol(statistics.transductive());
    }

    public static String protocol(boolean transductive) {
        return transductive ? "transductive" : "inductive";
    }

    /** Source of the batch statistics, in a clause. */
    public static String source(BatchStatistics statistics) {
        return switch (statistics) {
            case BATCH -> "all queries of an episode normalised together";
            case SUPPORT -> "each query alone, normalised with averages of the support set";
            case SUPPORT_AND_ONE_QUERY -> "each query alone, normalised with the support set";
            case RUNNING -> "each query alone, normalised with averages from training";
        };
    }

    /** {@code 5-way 1-shot}. */
    public static String task(EpisodeShape shape) {
        return shape.way() + "-way " + shape.shot() + "-shot";
    }

    /** {@code 1 query image per class}. */
    public static String queries(EpisodeShape shape) {
        return plural(shape.query(), "query image") + " per class";
    }

    /** {@code 1 step}, {@code 1,000 steps}. */
    public static String plural(long count, String thing) {
        return Numbers.count(count) + " " + thing + (count == 1 ? "" : "s");
    }

    /** A text without characters that would steer a terminal: each becomes a question mark. */
    public static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\\n\\t]]|[\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]", "?");
    }
}
