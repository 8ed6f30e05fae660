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
import java.util.stream.Stream;

/**
 * The presets that come with the library: a YAML resource each, of a title, a published figure, its protocol and
 * source, notes and settings.
 */
public final class Presets {
    private static final String DEMO = "demo";
    private static final List<String> NAMES = List.of(
            DEMO,
            "maml/omniglot-5way-1shot",
            "maml/omniglot-5way-5shot",
            "maml/omniglot-20way-1shot",
            "maml/omniglot-20way-5shot",
            "maml/mini-imagenet-5way-1shot",
            "maml/mini-imagenet-5way-5shot",
            "maml-mlp/omniglot-5way-1shot",
            "maml-mlp/omniglot-5way-5shot",
            "fomaml/omniglot-5way-1shot",
            "fomaml/omniglot-5way-5shot",
            "fomaml/omniglot-20way-1shot",
            "fomaml/omniglot-20way-5shot",
            "fomaml/mini-imagenet-5way-1shot",
            "fomaml/mini-imagenet-5way-5shot",
            "anil/omniglot-20way-1shot",
            "anil/omniglot-20way-5shot",
            "anil/mini-imagenet-5way-1shot",
            "anil/mini-imagenet-5way-5shot",
            "boil/mini-imagenet-5way-1shot",
            "boil/mini-imagenet-5way-5shot",
            "metasgd/omniglot-5way-1shot",
            "metasgd/omniglot-5way-5shot",
            "metasgd/omniglot-20way-1shot",
            "metasgd/omniglot-20way-5shot",
            "metasgd/mini-imagenet-5way-1shot",
            "metasgd/mini-imagenet-5way-5shot",
            "mamlpp/omniglot-5way-1shot",
            "mamlpp/omniglot-5way-5shot",
            "mamlpp/omniglot-20way-1shot",
            "mamlpp/omniglot-20way-5shot",
            "mamlpp/mini-imagenet-5way-1shot",
            "mamlpp/mini-imagenet-5way-5shot",
            "reptile/omniglot-5way-1shot",
            "reptile/omniglot-5way-5shot",
            "reptile/omniglot-20way-1shot",
            "reptile/omniglot-20way-5shot",
            "reptile/mini-imagenet-5way-1shot",
            "reptile/mini-imagenet-5way-5shot",
            "metalstm/mini-imagenet-5way-1shot",
            "metalstm/mini-imagenet-5way-5shot",
            "mann/omniglot-5way-1shot",
            "mann/omniglot-5way-5shot",
            "metanet/omniglot-5way-1shot",
            "metanet/omniglot-20way-1shot",
            "metanet/mini-imagenet-5way-1shot",
            "protonet/omniglot-5way-1shot",
            "protonet/omniglot-5way-5shot",
            "protonet/omniglot-20way-1shot",
            "protonet/omniglot-20way-5shot",
            "protonet/mini-imagenet-5way-1shot",
            "protonet/mini-imagenet-5way-5shot",
            "matching/omniglot-5way-1shot",
            "matching/omniglot-5way-5shot",
            "matching/omniglot-20way-1shot",
            "matching/omniglot-20way-5shot",
            "matching/mini-imagenet-5way-1shot",
            "matching/mini-imagenet-5way-5shot",
            "matching-fce/mini-imagenet-5way-1shot",
            "matching-fce/mini-imagenet-5way-5shot",
            "relation/omniglot-5way-1shot",
            "relation/omniglot-5way-5shot",
            "relation/omniglot-20way-1shot",
            "relation/omniglot-20way-5shot",
            "relation/mini-imagenet-5way-1shot",
            "relation/mini-imagenet-5way-5shot",
            "siamese/omniglot-5way-1shot",
            "siamese/omniglot-5way-5shot",
            "siamese/omniglot-20way-1shot",
            "siamese/omniglot-20way-5shot",
            "r2d2/mini-imagenet-5way-1shot",
            "r2d2/mini-imagenet-5way-5shot",
            "pixels/omniglot-5way-1shot",
            "pixels/omniglot-5way-5shot",
            "pixels/omniglot-20way-1shot",
            "pixels/omniglot-20way-5shot",
            "baseline/omniglot-5way-1shot",
            "baseline/omniglot-5way-5shot",
            "baseline/omniglot-20way-1shot",
            "baseline/omniglot-20way-5shot",
            "baseline/mini-imagenet-5way-1shot",
            "baseline/mini-imagenet-5way-5shot",
            "baseline-finetune/omniglot-5way-1shot",
            "baseline-finetune/omniglot-5way-5shot",
            "baseline-finetune/omniglot-20way-1shot",
            "baseline-finetune/omniglot-20way-5shot",
            "baseline-finetune/mini-imagenet-5way-1shot",
            "baseline-finetune/mini-imagenet-5way-5shot",
            "baseline-plus-plus/mini-imagenet-5way-1shot",
            "baseline-plus-plus/mini-imagenet-5way-5shot");
    private static final List<String> SINUSOIDS = List.of(
            "sinusoid/maml-10shot",
            "sinusoid/fomaml-10shot",
            "sinusoid/reptile-10shot",
            "sinusoid/bmaml-10shot",
            "sinusoid/pretrained-10shot",
            "sinusoid/oracle-10shot");
    private static final List<String> WORDS = List.of("title", "published", "protocol", "source", "notes");

    private Presets() {}

    /** The names, in the order in which they are shown. */
    public static List<String> names() {
        return NAMES;
    }

    /** Names of the presets that have a published figure. */
    public static List<String> published() {
        return NAMES.stream().filter(name -> !name.equals(DEMO)).toList();
    }

    /** Names of presets that learn functions. */
    public static List<String> sinusoids() {
        return SINUSOIDS;
    }

    /** Every preset of classification. */
    public static List<Preset> all() {
        return NAMES.stream().map(Presets::load).toList();
    }

    /** A preset by name; an unknown name is answered with the nearest. */
    public static Preset load(String name) {
        List<String> names = Stream.of(NAMES, SINUSOIDS).flatMap(List::stream).toList();
        if (!names.contains(name)) {
            throw new FewShotException("there is no preset " + name + Nearest.hint(name, names));
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
        return new Preset(
                name, words.get(0), words.get(1), words.get(2), words.get(3), words.get(4), file.without(WORDS));
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
