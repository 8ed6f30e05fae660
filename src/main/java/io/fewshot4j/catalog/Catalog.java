package io.fewshot4j.catalog;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.folder.ImageFolder;
import io.fewshot4j.data.folder.ImageFolderSettings;
import io.fewshot4j.data.glyphs.Glyphs;
import io.fewshot4j.data.glyphs.GlyphsSettings;
import io.fewshot4j.data.image.Fit;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.image.Resize;
import io.fewshot4j.data.miniimagenet.MiniImageNet;
import io.fewshot4j.data.miniimagenet.MiniImageNetSettings;
import io.fewshot4j.data.omniglot.Omniglot;
import io.fewshot4j.data.omniglot.OmniglotSettings;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.learner.baseline.Baseline;
import io.fewshot4j.learner.baseline.Pixels;
import io.fewshot4j.learner.gradient.Anil;
import io.fewshot4j.learner.gradient.Bmaml;
import io.fewshot4j.learner.gradient.Boil;
import io.fewshot4j.learner.gradient.Fomaml;
import io.fewshot4j.learner.gradient.Foml;
import io.fewshot4j.learner.gradient.Maml;
import io.fewshot4j.learner.gradient.MamlPlusPlus;
import io.fewshot4j.learner.gradient.MetaLstm;
import io.fewshot4j.learner.gradient.MetaSgd;
import io.fewshot4j.learner.gradient.Pretrained;
import io.fewshot4j.learner.gradient.Reptile;
import io.fewshot4j.learner.memory.Mann;
import io.fewshot4j.learner.memory.MetaNetworks;
import io.fewshot4j.learner.metric.Matching;
import io.fewshot4j.learner.metric.ProtoNet;
import io.fewshot4j.learner.metric.R2d2;
import io.fewshot4j.learner.metric.Relation;
import io.fewshot4j.learner.metric.Siamese;
import io.fewshot4j.nn.Conv4Settings;
import io.fewshot4j.nn.KochSettings;
import io.fewshot4j.nn.MlpSettings;
import io.fewshot4j.nn.NetworkSettings;
import io.fewshot4j.nn.ResNet12Settings;
import io.fewshot4j.options.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every learner and data set by name. */
public final class Catalog {
    /** The learners. */
    public static final List<LearnerSpec<?>> LEARNERS = List.of(
            new Maml(),
            new Fomaml(),
            new Anil(),
            new Boil(),
            new MetaSgd(),
            new MamlPlusPlus(),
            new Reptile(),
            new Foml(),
            new MetaLstm(),
            new Mann(),
            new MetaNetworks(),
            new Bmaml(),
            new Pretrained(),
            new ProtoNet(),
            new Matching(),
            new Relation(),
            new Siamese(),
            new R2d2(),
            new Baseline(),
            new Pixels());

    static final List<DatasetSpec<?>> DATASETS = List.of(
            new DatasetSpec<>(
                    "omniglot",
                    "Omniglot's 1623 characters (Lake et al. 2015): the folder of its two archives",
                    OmniglotSettings.defaults(),
                    true,
                    Omniglot::load,
                    OmniglotSettings::decoder),
            new DatasetSpec<>(
                    "mini-imagenet",
                    "Mini-ImageNet's 100 classes (Ravi and Larochelle 2017): lists and images, class folders, pickles,"
                            + " or what data prepare made",
                    MiniImageNetSettings.defaults(),
                    true,
                    MiniImageNet::load,
                    MiniImageNetSettings::decoder),
            new DatasetSpec<>(
                    "images",
                    "your own images: a folder or zip with one folder per class",
                    ImageFolderSettings.defaults(),
                    true,
                    ImageFolder::load,
                    ImageFolderSettings::decoder),
            new DatasetSpec<>(
                    "glyphs",
                    "characters drawn from a seed: needs no files",
                    GlyphsSettings.defaults(),
                    false,
                    (path, settings, cache, progress) -> Glyphs.draw(settings),
                    Catalog::glyphDecoder));

    /** Networks by name. */
    public static final Map<String, NetworkSettings> NETWORKS = networks();

    private static Map<String, NetworkSettings> networks() {
        Map<String, NetworkSettings> networks = new LinkedHashMap<>();
        networks.put("conv4", Conv4Settings.maxPooled(64));
        networks.put("mlp", MlpSettings.omniglot());
        networks.put("resnet12", ResNet12Settings.narrow());
        networks.put("koch", KochSettings.published());
        return Collections.unmodifiableMap(networks);
    }

    private Catalog() {}

    private static ImageDecoder glyphDecoder(GlyphsSettings settings) {
        ImageShape shape = new ImageShape(settings.imageSize(), settings.imageSize(), 1);
        return new ImageDecoder(shape, Resize.SMOOTH, Fit.SQUASH, true);
    }

    /** Learners that classify. */
    public static List<LearnerSpec<?>> classifiers() {
        return LEARNERS.stream().filter(LearnerSpec::classifies).toList();
    }

    /** The learner of a name. */
    public static LearnerSpec<?> learner(String name) {
        return find("learner", LEARNERS, LearnerSpec::name, name);
    }

    /** The names of the data sets. */
    public static List<String> datasets() {
        return DATASETS.stream().map(DatasetSpec::name).toList();
    }

    static DatasetSpec<?> dataset(String name) {
        return find("dataset", DATASETS, DatasetSpec::name, name);
    }

    private static <T> T find(String what, List<T> all, Function<T, String> nameOf, String name) {
        List<String> names = all.stream().map(nameOf).toList();
        return all.stream()
                .filter(one -> nameOf.apply(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new FewShotException(what + " must be one of " + String.join(", ", names)
                        + ", got \"" + name + "\"" + Nearest.hint(name, names)));
    }
}
