package io.fewshot4j.report.html;

import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.LabelledImages;
import io.fewshot4j.report.EpisodePicture;
import io.fewshot4j.report.Numbers;
import io.fewshot4j.report.Words;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pictures of an episode: the support set by class, and each query with its true and its predicted class. */
final class EpisodeSection {
    /** More queries than this are not shown, but evenly spaced ones of them. */
    static final int MOST_QUERIES = 60;

    private EpisodeSection() {}

    static String of(EpisodePicture picture) {
        Episode episode = picture.episode();
        List<EpisodePicture.Answer> answers = picture.answers();
        long right = answers.stream().filter(EpisodePicture.Answer::right).count();
        int shown = Math.min(MOST_QUERIES, answers.size());
        String queries = IntStream.range(0, shown)
                .map(i -> (int) ((long) i * answers.size() / shown))
                .mapToObj(query -> query(episode.query(), query, answers.get(query)))
                .collect(Collectors.joining());
        String count =
                right + " of " + answers.size() + " right" + (shown < answers.size() ? " (" + shown + " shown)" : "");
        return Html.section(
                "An episode, " + Words.protocol(picture.statistics()),
                Html.tag("p", "The learner sees the support images with their classes, then names each query image.")
                        + Html.tag("h3", "Support set")
                        + Html.markup("div class=\"support\"", support(episode))
                        + Html.tag("h3", "Queries: " + count)
                        + Html.markup("div class=\"queries\"", queries));
    }

    private static String support(Episode episode) {
        return IntStream.range(0, episode.way())
                .mapToObj(label -> supportClass(episode, label))
                .collect(Collectors.joining());
    }

    private static String supportClass(Episode episode, int label) {
        LabelledImages support = episode.support();
        String name = episode.classNames().get(label);
        String images = IntStream.range(0, support.count())
                .filter(i -> support.label(i) == label)
                .mapToObj(i -> image(support, i, "support image of " + name))
                .collect(Collectors.joining());
        return Html.markup("figure", Html.markup("div class=\"images\"", images) + named("figcaption", name));
    }

    private static String query(LabelledImages queries, int query, EpisodePicture.Answer answer) {
        String probability = Numbers.percent(answer.probability());
        String caption = named("span class=\"said\"", (answer.right() ? "✓ " : "✗ ") + answer.predictedClass())
                + Html.tag("span", probability)
                + named("span", "true: " + answer.trueClass());
        String alt = "query image of " + answer.trueClass() + ", predicted " + answer.predictedClass() + " with "
                + probability + ", " + (answer.right() ? "right" : "wrong");
        return Html.markup(
                "figure class=\"" + (answer.right() ? "right" : "wrong") + "\"",
                image(queries, query, alt) + Html.markup("figcaption", caption));
    }

    /** A class name that may break after a slash. */
    private static String named(String tag, String name) {
        return Html.markup(tag, Html.escape(name).replace("/", "/<wbr>"));
    }

    private static String image(LabelledImages images, int index, String alt) {
        return "<img src=\"" + Pictures.dataUri(images, index) + "\" alt=\"" + Html.escape(alt) + "\">";
    }
}
