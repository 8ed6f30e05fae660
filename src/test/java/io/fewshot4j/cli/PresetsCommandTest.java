package io.fewshot4j.cli;

import static io.fewshot4j.cli.CommandLines.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.catalog.Presets;
import io.fewshot4j.cli.console.RunSettings;
import io.fewshot4j.options.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PresetsCommandTest {
    @Test
    void all_presets_are_listed_with_their_published_figures() throws IOException {
        assertThat(run("presets").out().lines())
                .hasSize(Presets.names().size() + Presets.sinusoids().size())
                .anySatisfy(line -> assertThat(line).contains("maml/omniglot-5way-1shot", "98.7"));
        assertThat(run("presets", "--json").json().findValuesAsText("name"))
                .containsAll(Presets.names())
                .containsAll(Presets.sinusoids());
    }

    @Test
    void a_printed_preset_can_be_used_as_a_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"),
                run("presets", "protonet/omniglot-5way-1shot").out());

        assertThat(run("presets", file).out()).isEqualTo(Files.readString(file));
        assertThat(run("presets", "demo", "--json")
                        .json()
                        .path("settings")
                        .path("way")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void another_learner_or_data_set_takes_what_the_preset_says_of_episodes_but_not_of_the_old_one() {
        Settings preset = Presets.load("maml/omniglot-5way-1shot").settings();

        Settings mine =
                RunSettings.of(preset, Settings.parse(List.of("learner=protonet", "dataset=images", "fit=crop")));

        assertThat(mine.asMap())
                .containsAllEntriesOf(Map.of("learner", "protonet", "fit", "crop", "filters", "64", "meta-batch", "32"))
                .doesNotContainKeys("inner-steps", "class-split", "ink", "image-size");
    }
}
