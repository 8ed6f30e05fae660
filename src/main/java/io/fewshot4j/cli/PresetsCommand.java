package io.fewshot4j.cli;

import io.fewshot4j.catalog.Experiment;
import io.fewshot4j.catalog.Preset;
import io.fewshot4j.catalog.Presets;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.options.Settings;
import io.fewshot4j.options.SettingsFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** {@code presets}: the published experiments, and the settings of one. */
final class PresetsCommand implements Command {
    @Override
    public String name() {
        return "presets";
    }

    @Override
    public String summary() {
        return "list the presets with their published figures, or print one as a file to change";
    }

    @Override
    public String usage() {
        return "[NAME]";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public boolean computes() {
        return false;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j presets",
                "fewshot4j presets maml/omniglot-5way-1shot > mine.yaml",
                "fewshot4j train --preset mine.yaml --data data/omniglot --out runs/mine");
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        List<String> names = Flags.arguments(flags, 1);
        if (names.isEmpty()) {
            List<Preset> all = Stream.concat(
                            Presets.all().stream(), Presets.sinusoids().stream().map(Presets::load))
                    .toList();
            console.result(all, list(all).stripTrailing());
        } else {
            Preset preset = complete(Presets.find(names.get(0)));
            console.result(preset, yaml(preset).stripTrailing());
        }
        return 0;
    }

    private static String list(List<Preset> all) {
        Map<String, String> lines = new LinkedHashMap<>();
        int width =
                all.stream().mapToInt(preset -> preset.title().length()).max().orElse(0);
        all.forEach(preset -> lines.put(preset.name(), Help.padded(preset.title(), width) + "  " + preset.published()));
        return Help.columns(lines);
    }

    /** The preset with the settings that it leaves to defaults. */
    private static Preset complete(Preset preset) {
        return new Preset(
                preset.name(),
                preset.title(),
                preset.published(),
                preset.protocol(),
                preset.source(),
                preset.notes(),
                Experiment.of(preset.settings()).settings());
    }

    private static String yaml(Preset preset) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("title", preset.title());
        words.put("published", preset.published());
        words.put("protocol", preset.protocol());
        words.put("source", preset.source());
        words.put("notes", preset.notes());
        words.values().removeIf(String::isEmpty);
        return SettingsFile.format(Settings.of(words).with(preset.settings()));
    }
}
