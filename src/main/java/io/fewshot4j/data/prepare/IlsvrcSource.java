package io.fewshot4j.data.prepare;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.source.ImageFile;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * The training images of ILSVRC 2012 by class: a folder of class folders {@code n01532829/}, a folder of class archives
 * {@code n01532829.tar}, or the archive of class archives as it is given out, {@code ILSVRC2012_img_train.tar}.
 */
final class IlsvrcSource implements AutoCloseable {
    private static final String WHOLE = "ILSVRC2012_img_train.tar";

    private final Path path;
    private final Optional<TarFile> archive;

    private IlsvrcSource(Path path, Optional<TarFile> archive) {
        this.path = path;
        this.archive = archive;
    }

    /** The images of one class, in files or in an archive that is read from its beginning each time. */
    interface ClassImages {
        /** The file names, without folders, in no order. */
        List<String> names();

        /** Hands over the files that are asked for, in no order. */
        void read(Predicate<String> wanted, Sink sink);
    }

    /** Takes a file's name, its whole name for messages, and its content. */
    @FunctionalInterface
    interface Sink {
        void accept(String name, String where, byte[] content);
    }

    static IlsvrcSource open(Path path) {
        Path inside = path.resolve(WHOLE);
        Path train = path.resolve("train");
        Path at = Files.isRegularFile(inside) ? inside : Files.isDirectory(train) ? train : path;
        if (Files.isDirectory(at)) {
            return new IlsvrcSource(at, Optional.empty());
        }
        if (!Files.isRegularFile(at)) {
            throw new FewShotException(
                    path + " does not exist: give the folder of ILSVRC 2012's training images, or " + WHOLE);
        }
        try {
            return new IlsvrcSource(at, Optional.of(new TarFile(at.toFile())));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(at.toString(), e);
        }
    }

    private static FewShotException damaged(String where, Exception e) {
        return new FewShotException(
                where + " is no tar archive, or a damaged one (" + e.getMessage() + "): get it again", e);
    }

    Optional<ClassImages> find(String className) {
        if (archive.isPresent()) {
            return archive.get().getEntries().stream()
                    .filter(entry -> new File(entry.getName()).getName().equals(className + ".tar"))
                    .findFirst()
                    .map(entry -> new Tar(
                            path + "!/" + entry.getName(), () -> archive.get().getInputStream(entry)));
        }
        Path folder = path.resolve(className);
        if (Files.isDirectory(folder)) {
            return Optional.of(new Folder(folder));
        }
        Path tar = path.resolve(className + ".tar");
        return Files.isRegularFile(tar)
                ? Optional.of(new Tar(tar.toString(), () -> Files.newInputStream(tar)))
                : Optional.empty();
    }

    @Override
    public void close() {
        archive.ifPresent(tar -> {
            try {
                tar.close();
            } catch (IOException e) {
                throw new FewShotException(path + " cannot be closed (" + e + ")", e);
            }
        });
    }

    private record Folder(Path folder) implements ClassImages {
        @Override
        public List<String> names() {
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(file -> String.valueOf(file.getFileName())).toList();
            } catch (IOException e) {
                throw new FewShotException("the folder " + folder + " cannot be read (" + e + ")", e);
            }
        }

        @Override
        public void read(Predicate<String> wanted, Sink sink) {
            for (String name : names()) {
                Path file = folder.resolve(name);
                if (wanted.test(name)) {
                    sink.accept(
                            name,
                            file.toString(),
                            new ImageFile(name, file.toString(), () -> Files.newInputStream(file)).read());
                }
            }
        }
    }

    private record Tar(String where, ImageFile.Content content) implements ClassImages {
        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>();
            walk((name, file) -> names.add(name));
            return names;
        }

        @Override
        public void read(Predicate<String> wanted, Sink sink) {
            walk((name, file) -> {
                if (wanted.test(name)) {
                    String whole = where + "!/" + name;
                    sink.accept(name, whole, new ImageFile(name, whole, () -> file).read());
                }
            });
        }

        private interface Visitor {
            void visit(String name, InputStream file) throws IOException;
        }

        private void walk(Visitor visitor) {
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new BufferedInputStream(content.open(), 1 << 16))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (entry.isFile()) {
                        visitor.visit(new File(entry.getName()).getName(), new Unclosed(tar));
                    }
                }
            } catch (IOException | IllegalArgumentException e) {
                throw damaged(where, e);
            }
        }
    }

    /** One file of an archive, which stays open. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream archive) {
            super(archive);
        }

        @Override
        public void close() {
            // the archive is read on
        }
    }
}
