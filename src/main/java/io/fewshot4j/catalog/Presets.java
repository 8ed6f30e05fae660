package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.options.Nearest;
import io.fewshot4j.options.Settings;
import io.fewshot4j.options.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The presets that come with the library: a YAML resource each, of a title, a published figure, its source, notes and settings. */
public final class Presets {
    private static final List<String> NAMES = List.of(
            "demo",
            "maml/omniglot-5way-1shot",
            "maml/omniglot-5way-5shot",
            "maml/omniglot-20way-1shot",
            "maml/omniglot-20way-5shot",
            "fomaml/omniglot-5way-1shot",
            "fomaml/omniglot-5way-5shot",
            "fomaml/omniglot-20way-1shot",
            "fomaml/omniglot-20way-5shot",
            "anil/omniglot-20way-1shot",
            "anil/omniglot-20way-5shot",
            "protonet/omniglot-5way-1shot",
            "pixels/omniglot-5way-1shot",
            "pixels/omniglot-5way-5shot",
            "pixels/omniglot-20way-1shot",
            "pixels/omniglot-20way-5shot",
            "baseline/omniglot-5way-1shot",
            "baseline/omniglot-5way-5shot",
            "baseline/omniglot-20way-1shot",
            "baseline/omniglot-20way-5shot",
            "baseline-finetune/omniglot-5way-1shot",
            "baseline-finetune/omniglot-5way-5shot",
            "baseline-finetune/omniglot-20way-1shot",
            "baseline-finetune/omniglot-20way-5shot");
    private static final List<String> WORDS = List.of("title", "published", "source", "notes");

    private Presets() {}

    /** The names, in the order in which they are shown. */
    public static List<String> names() {
        return NAMES;
    }

    /** Every preset. */
    public static List<Preset> all() {
        return NAMES.stream().map(Presets::load).toList();
    }

    /** A preset by name; an unknown name is answered with the nearest. */
    public static Preset load(String name) {
        if (!NAMES.contains(name)) {
            throw new FewShotException("there is no preset " + name + Nearest.hint(name, NAMES));
        }
        return of(name, SettingsFile.parse(text(name), "preset " + name));
    }

    /** A preset by name, or from a file of the same form whose name ends with {@code .yaml}. */
    public static Preset find(String nameOrFile) {
        return nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")
                ? of(nameOrFile, SettingsFile.read(Path.of(nameOrFile)))
                : load(nameOrFile);
    }

    private static Preset of(String name, Settings file) {
        List<String> words =
                WORDS.stream().map(word -> file.get(word).orElse("")).toList();
        return new Preset(name, words.get(0), words.get(1), words.get(2), words.get(3), file.without(WORDS));
    }

    private static String text(String name) {
        String resource = "/io/fewshot4j/presets/" + name + ".yaml";
        try (InputStream in = Presets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks its resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
