package io.fewshot4j.data.split;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ClassSubset;
import io.fewshot4j.data.Fingerprint;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.JoinedClasses;
import io.fewshot4j.data.Split;
import io.fewshot4j.data.SplitDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The classes of the data that a run was made from, so that it is never tested on what it was trained on. A class is
 * known by its name, or by its first and last image under another name.
 */
public record KnownClasses(List<Known> classes) {
    private static final int DIGEST = 64;

    public KnownClasses {
        classes = List.copyOf(classes);
    }

    /** A class: its split, its name, and the SHA-256 of the pixels of its first and last image. */
    public record Known(Split split, String name, String digest) {}

    /** Images that are tested, with notes on them in lines. */
    public record Part(ImageDataset images, String description, List<String> notes) {
        public Part {
            notes = List.copyOf(notes);
        }
    }

    /** The classes of all three splits. */
    public static KnownClasses of(SplitDataset data) {
        List<Known> known = new ArrayList<>();
        for (Split split : Split.values()) {
            ImageDataset part = data.of(split);
            for (int c = 0; c < part.classCount(); c++) {
                known.add(new Known(split, part.className(c), Fingerprint.ofEnds(part, c)));
            }
        }
        return new KnownClasses(known);
    }

    /** A line {@code SPLIT DIGEST NAME} for each class. */
    public String text() {
        return classes.stream()
                .map(known -> known.split() + " " + known.digest() + " " + known.name() + "\n")
                .collect(Collectors.joining());
    }

    /** Reads {@link #text}. */
    public static KnownClasses parse(String where, String text) {
        List<Known> known = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] cells = line.split(" ", 3);
            if (cells.length != 3 || !cells[0].matches("TRAIN|VALIDATION|TEST") || cells[1].length() != DIGEST) {
                throw new FewShotException(where + " must have lines \"TRAIN DIGEST NAME\", got \"" + line
                        + "\": get the run's file again");
            }
            known.add(new Known(Split.valueOf(cells[0]), cells[2], cells[1]));
        }
        return new KnownClasses(known);
    }

    /**
     * The classes to test on. Of other data than the run's all classes are taken where no folder or list says which; of
     * the run's own data those of the split as it was in training, and classes that are new.
     *
     * @throws FewShotException if folders or lists now put classes into the part that were trained on
     */
    public Part part(SplitDataset data, Split split) {
        ImageDataset all =
                new JoinedClasses(data.train().shape(), List.of(data.train(), data.validation(), data.test()));
        String word = split.name().toLowerCase(Locale.ROOT);
        if (!isOwn(all)) {
            ImageDataset images = data.drawn() ? all : data.of(split);
            String which = data.drawn() ? "all " : word + ", ";
            return new Part(images, which + count(images) + " of other data than the run's", List.of());
        }
        if (data.drawn()) {
            return ofRun(all, split, word);
        }
        ImageDataset images = data.of(split);
        if (split != Split.TRAIN) {
            requireUntrained(images, word);
        }
        return new Part(images, word + ", " + count(images), List.of());
    }

    private static String count(ImageDataset images) {
        return images.classCount() + (images.classCount() == 1 ? " class" : " classes");
    }

    private Part ofRun(ImageDataset all, Split split, String word) {
        List<Integer> chosen = new ArrayList<>();
        int unseen = 0;
        for (int c = 0; c < all.classCount(); c++) {
            Optional<Split> known = splitOf(all, c);
            if (known.isEmpty() && split == Split.TEST) {
                unseen++;
            }
            if (known.orElse(Split.TEST) == split) {
                chosen.add(c);
            }
        }
        List<String> notes = new ArrayList<>();
        if (unseen > 0) {
            notes.add(
                    "of the " + chosen.size() + " classes " + unseen + " are new since training; they are tested, too");
        }
        long gone = classes.stream().filter(known -> known.split() == split).count() + unseen - chosen.size();
        if (gone > 0) {
            notes.add(gone + " of the run's classes for " + word + " are no longer there");
        }
        ImageDataset images = new ClassSubset(all, chosen);
        return new Part(images, word + ", " + count(images) + " as the run divided them", notes);
    }

    /** Whether it is the run's data, perhaps with other images: one class is the same, or half of the names are. */
    private boolean isOwn(ImageDataset all) {
        Set<String> digests = classes.stream().map(Known::digest).collect(Collectors.toSet());
        Set<String> names = names(Split.TRAIN);
        long same = IntStream.range(0, all.classCount())
                .filter(c -> names.contains(all.className(c)))
                .count();
        return 2 * same >= Math.max(1, names.size())
                || IntStream.range(0, all.classCount()).anyMatch(c -> digests.contains(Fingerprint.ofEnds(all, c)));
    }

    private Set<String> names(Split split) {
        return classes.stream()
                .filter(known -> known.split() == split)
                .map(Known::name)
                .collect(Collectors.toSet());
    }

    /** Finds a class by name or content; what was trained on under either is trained on. */
    private Optional<Split> splitOf(ImageDataset data, int classIndex) {
        String name = data.className(classIndex);
        String digest = Fingerprint.ofEnds(data, classIndex);
        return classes.stream()
                .filter(known -> known.name().equals(name) || known.digest().equals(digest))
                .map(Known::split)
                .sorted()
                .findFirst();
    }

    private void requireUntrained(ImageDataset images, String word) {
        List<String> trained = IntStream.range(0, images.classCount())
                .filter(c -> splitOf(images, c).filter(Split.TRAIN::equals).isPresent())
                .mapToObj(images::className)
                .toList();
        if (!trained.isEmpty()) {
            throw new FewShotException("classes of " + word + " must not be trained on, but " + trained.size() + " of "
                    + images.classCount() + " were, such as " + trained.get(0)
                    + ": give the data as they were in training, or train anew");
        }
    }
}
