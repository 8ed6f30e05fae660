package io.fewshot4j.catalog;

import io.fewshot4j.data.Normalisation;
import io.fewshot4j.data.omniglot.OneShotRuns;
import io.fewshot4j.episode.EpisodeList;
import io.fewshot4j.episode.EpisodePlan;
import io.fewshot4j.episode.EpisodePlan.ClassPlan;
import io.fewshot4j.episode.EpisodeShape;
import io.fewshot4j.episode.FixedEpisodes;
import java.util.List;

/** Lake's one-shot runs as episodes, each with one support and one query image of every class. */
public final class OneShotEpisodes {
    private OneShotEpisodes() {}

    /** One episode for each run. */
    public static EpisodeList of(OneShotRuns runs, Normalisation normalisation) {
        List<EpisodePlan> plans =
                runs.classes().stream().map(OneShotEpisodes::plan).toList();
        EpisodeShape shape = new EpisodeShape(runs.way(), 1, 1);
        return new EpisodeList(new FixedEpisodes(runs.images(), shape, plans, normalisation), plans.size());
    }

    private static EpisodePlan plan(List<Integer> classes) {
        return new EpisodePlan(classes.stream()
                .map(c -> new ClassPlan(c, 0, List.of(OneShotRuns.SUPPORT), List.of(OneShotRuns.QUERY)))
                .toList());
    }
}
