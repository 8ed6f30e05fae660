package io.fewshot4j.cli.console;

import io.fewshot4j.FewShotException;
import io.fewshot4j.catalog.ChangedSettings;
import io.fewshot4j.catalog.Extensions;
import io.fewshot4j.options.Kebab;
import io.fewshot4j.options.Settings;
import io.fewshot4j.training.LearningRateSchedule;
import io.fewshot4j.training.OptimizerSettings;
import io.fewshot4j.training.Trainer;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/** The settings of a run from a preset or a checkpoint and from {@code --set}. */
public final class RunSettings {
    /** {@code --set}. */
    public static final Option SET = Flags.values("set", "key=value", "settings in place of the preset's or the run's");

    private RunSettings() {}

    /** Settings of {@code --set}. */
    public static Settings given(CommandLine flags) {
        return flags.hasOption("set") ? Settings.parse(List.of(flags.getOptionValues("set"))) : Settings.none();
    }

    /** A preset with some settings in their place: see {@link ChangedSettings}. */
    public static Settings of(Settings preset, Settings given) {
        return ChangedSettings.of(preset, given, Extensions.NONE);
    }

    /**
     * A run's settings with some in their place.
     *
     * @param wayOut the end of the message: what to do instead
     * @throws FewShotException if one would make it another run
     */
    public static Settings resumed(Settings saved, Settings wanted, String wayOut) {
        Settings given = withoutOpen(wanted);
        requireUnchanged(
                saved,
                given.without(Trainer.FREE_ON_RESUME),
                "a run that goes on may change " + String.join(", ", Trainer.FREE_ON_RESUME) + "; " + wayOut);
        LearningRateSchedule schedule = saved.bind(OptimizerSettings.defaults()).learningRateSchedule();
        if (schedule.spansTraining()) {
            requireUnchanged(
                    saved,
                    given.only(List.of("iterations")),
                    "its learning rate follows a " + Kebab.of(schedule)
                            + " schedule that ends there, which another end would bend; " + wayOut);
        }
        return saved.with(given);
    }

    /** Without a number of tasks in a graph that is left open: the run has chosen it. */
    private static Settings withoutOpen(Settings given) {
        return given.get("tasks-per-graph").filter("0"::equals).isPresent()
                ? given.without(List.of("tasks-per-graph"))
                : given;
    }

    /**
     * Makes sure that settings are as they were saved; keys that are unknown are left to who binds them.
     *
     * @param why the end of the message
     */
    public static void requireUnchanged(Settings saved, Settings given, String why) {
        given.asMap()
                .forEach((key, now) -> saved.get(key)
                        .filter(before -> !before.equals(now))
                        .ifPresent(before -> {
                            throw new FewShotException(
                                    key + " must stay " + before + " in this run, got " + now + ": " + why);
                        }));
    }
}
