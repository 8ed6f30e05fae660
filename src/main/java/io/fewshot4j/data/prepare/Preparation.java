package io.fewshot4j.data.prepare;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.Fingerprint;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.Reason;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.miniimagenet.MiniImageNetSettings;
import io.fewshot4j.data.miniimagenet.PreparedImages;
import io.fewshot4j.data.store.ImageListing;
import io.fewshot4j.data.store.ImageListing.Labelled;
import io.fewshot4j.data.store.ImageListing.Undecoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes Mini-ImageNet from the training images of ILSVRC 2012, class by class: 84x84 in colour, resized as Pillow's
 * LANCZOS does. A class that is there whole is not made again, so a preparation that was ended goes on.
 */
public final class Preparation {
    private static final int BATCH = 64;
    private static final ImageDecoder DECODER = MiniImageNetSettings.defaults().decoder();

    private final PreparationList list;
    private final Path folder;
    private final DecodeProgress progress;
    private int done;

    private Preparation(PreparationList list, Path folder, DecodeProgress progress) {
        this.list = list;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Result of preparing one class.
     *
     * @param digest SHA-256 over name and pixels
     * @param unreadable a line for each image that could not be read and is left out
     */
    public record Prepared(String className, Split split, int images, String digest, List<String> unreadable) {
        public Prepared {
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Prepares the classes of Mini-ImageNet, or those that lists name.
     *
     * @param source folder or archive of ILSVRC 2012's training images
     * @param lists the folder of train.csv, val.csv and test.csv; without it the first 600 images of each class are
     *     taken
     * @param folder which comes to hold the data set
     * @param progress hears of images
     * @return every class, sorted by name
     * @throws FewShotException if classes are missing, an archive is damaged, or the folder cannot be written
     */
    public static List<Prepared> run(Path source, Optional<Path> lists, Path folder, DecodeProgress progress) {
        PreparationList list = lists.map(PreparationList::read).orElseGet(PreparationList::shipped);
        return new Preparation(list, folder, progress).run(source);
    }

    private List<Prepared> run(Path path) {
        try (IlsvrcSource source = IlsvrcSource.open(path)) {
            requireAll(path, source);
            writeList();
            List<Prepared> prepared = new ArrayList<>();
            new TreeMap<>(list.splits())
                    .forEach((name, split) ->
                            prepared.add(prepare(name, split, source.find(name).orElseThrow())));
            return prepared;
        }
    }

    private void requireAll(Path path, IlsvrcSource source) {
        List<String> missing = list.splits().keySet().stream()
                .filter(name -> source.find(name).isEmpty())
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new FewShotException(path + " lacks " + missing.size() + " of the "
                    + list.splits().size() + " classes, such as " + missing.get(0)
                    + ": it must hold a folder or a .tar for each, or be ILSVRC2012_img_train.tar");
        }
    }

    private void writeList() {
        String text = new TreeMap<>(list.splits())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "," + word(entry.getValue()) + "\n")
                        .collect(Collectors.joining("", "class,split\n", ""));
        Path file = folder.resolve(PreparedImages.LIST);
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.writeString(folder.resolve(PreparedImages.LIST + ".tmp"), text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FewShotException("cannot write " + file + " (" + Reason.of(e) + "): choose another folder", e);
        }
    }

    private static String word(Split split) {
        return split == Split.VALIDATION ? "val" : split == Split.TRAIN ? "train" : "test";
    }

    private Prepared prepare(String name, Split split, IlsvrcSource.ClassImages images) {
        Set<String> chosen = list.choose(name, images.names());
        Optional<ImageDataset> before =
                PreparedImages.open(folder, name).filter(data -> names(data).equals(chosen));
        List<String> unreadable = new ArrayList<>();
        ImageDataset data = before.orElseGet(() -> {
            List<Labelled> decoded = decode(name, images, chosen, unreadable);
            if (decoded.isEmpty()) {
                throw new FewShotException("class " + name + " has no image that can be read: " + unreadable.get(0));
            }
            ImageListing listing = new ImageListing(name, List.of(), decoded);
            return PreparedImages.write(folder, name, listing, DECODER);
        });
        done += before.isPresent() ? chosen.size() : 0;
        told();
        return new Prepared(name, split, data.imageCount(0), Fingerprint.ofClass(data, 0), unreadable);
    }

    private static Set<String> names(ImageDataset data) {
        return IntStream.range(0, data.imageCount(0))
                .mapToObj(image -> data.imageName(0, image))
                .collect(Collectors.toSet());
    }

    private void told() {
        progress.decoded(done, list.images());
    }

    /** Reads in turn, decodes on all processors. */
    private List<Labelled> decode(
            String className, IlsvrcSource.ClassImages images, Set<String> chosen, List<String> unreadable) {
        List<Labelled> decoded = new ArrayList<>();
        List<Decoding> batch = new ArrayList<>();
        images.read(chosen::contains, (name, where, content) -> {
            batch.add(new Decoding(name, where, content));
            if (batch.size() == BATCH) {
                finish(className, batch, decoded, unreadable);
            }
        });
        finish(className, batch, decoded, unreadable);
        return decoded;
    }

    private void finish(String className, List<Decoding> batch, List<Labelled> decoded, List<String> unreadable) {
        batch.parallelStream().forEach(Decoding::decode);
        for (Decoding image : batch) {
            if (image.fault.isEmpty()) {
                decoded.add(new Labelled(className, image.name, image));
            } else {
                unreadable.add(image.fault);
            }
        }
        done += batch.size();
        batch.clear();
        told();
    }

    /** An image, first its file and then its pixels or what is wrong with it. */
    private static final class Decoding implements Undecoded {
        private final String name;
        private final String where;
        private byte[] content;
        private String fault = "";

        Decoding(String name, String where, byte[] content) {
            this.name = name;
            this.where = where;
            this.content = content;
        }

        void decode() {
            try {
                content = DECODER.decode(where, content);
            } catch (FewShotException e) {
                fault = String.valueOf(e.getMessage());
            }
        }

        @Override
        public String where() {
            return where;
        }

        @Override
        public byte[] decode(ImageDecoder decoder) {
            return content;
        }
    }
}
