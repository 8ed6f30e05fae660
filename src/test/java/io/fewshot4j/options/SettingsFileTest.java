package io.fewshot4j.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsFileTest {
    @TempDir
    private Path folder;

    @Test
    void values_are_taken_as_they_are_written() {
        Settings settings = SettingsFile.parse(
                "# a comment\nway: 5\nrate: 0.10\nflag: true\nodd: 'yes: no'\nlist: 0,90\nseed: 007 # why\n", "f");
        assertThat(settings).hasToString("{way=5, rate=0.10, flag=true, odd=yes: no, list=0,90, seed=007}");
    }

    @Test
    void an_empty_file_holds_no_settings() {
        assertThat(SettingsFile.parse("# nothing\n", "f")).isEqualTo(Settings.none());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "way: 5\\nshot: 1\\nway: 6      | f.yaml line 3: way must be set once, got it again",
                "way: 5\\ninner:\\n  steps: 5   | 'f.yaml line 3: inner must have one plain value, got a nested one (a list is written 1,2,3; choices of a sweep 1 | 2 | 3)'",
                "rates: [1, 2]                  | 'f.yaml line 1: rates must have one plain value, got a nested one (a list is written 1,2,3; choices of a sweep 1 | 2 | 3)'",
                "way: 5\\nshot: ~               | f.yaml line 2: shot must have a value, got none",
                "- way                          | f.yaml line 1: settings must be lines of key: value",
                "way                            | f.yaml line 1: settings must be lines of key: value",
                "innerSteps: 5                  | f.yaml line 1: a key must be lower-case words joined by hyphens, got \"innerSteps\"",
                "way: 5\\n---\\nway: 6          | f.yaml line 3: there must be one document, got another",
                "way: 5\\nshot: 'one             | f.yaml line 2: not YAML: while scanning a quoted scalar, found unexpected end of stream",
            })
    void a_fault_names_file_and_line(String text, String message) {
        assertThatThrownBy(() -> SettingsFile.parse(text.replace("\\n", "\n"), "f.yaml"))
                .isInstanceOf(FewShotException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"way: *8", "way: 5\\nshot: *way"})
    void an_alias_is_no_value(String text) {
        assertThatThrownBy(() -> SettingsFile.parse(text.replace("\\n", "\n"), "f.yaml"))
                .isInstanceOf(FewShotException.class)
                .hasMessageMatching("f.yaml line \\d: (way|shot) must have a plain value, got an alias.*|.*not YAML.*");
    }

    @Test
    void a_file_of_megabytes_is_refused_at_once() {
        String bomb = "way: [" + "[".repeat(1 << 20) + "\n";
        assertThatThrownBy(() -> SettingsFile.parse(bomb, "f.yaml"))
                .hasMessage("a settings file may have 1048576 bytes, got 1048583: f.yaml is something else");
    }

    @Test
    void writing_keeps_plain_values_plain() {
        Settings settings = Settings.parse(List.of("way=5", "flag=true", "name=max-pool", "list=0,90", "text=no"));
        assertThat(SettingsFile.format(settings))
                .isEqualTo("way: 5\nflag: true\nname: max-pool\nlist: \"0,90\"\ntext: \"no\"\n");
    }

    @Test
    void any_text_survives_writing_and_reading() {
        String letters = " abz019:#-'\"\\\n\t,.[]{}&*!|>%@`~?\u00e9\u4e16=+_";
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int key = 0; key < 4; key++) {
                StringBuilder value = new StringBuilder();
                random.ints(random.nextInt(12), 0, letters.length()).forEach(i -> value.append(letters.charAt(i)));
                values.put("key-" + key, value.toString());
            }
            Settings settings = Settings.of(values);
            assertThat(SettingsFile.parse(SettingsFile.format(settings), "f")).isEqualTo(settings);
        }
    }

    @Test
    void a_file_is_read_and_a_missing_one_named() throws Exception {
        Path file = folder.resolve("my.yaml");
        assertThatThrownBy(() -> SettingsFile.read(file)).hasMessage("there is no settings file " + file);
        Files.writeString(file, "way: 5\n");
        assertThat(SettingsFile.read(file).get("way")).contains("5");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertThatThrownBy(() -> SettingsFile.read(file))
                .hasMessage("a settings file must be UTF-8 text: " + file + " is not");
        assertThatThrownBy(() -> SettingsFile.read(folder))
                .hasMessageStartingWith("cannot read settings file " + folder);
    }
}
