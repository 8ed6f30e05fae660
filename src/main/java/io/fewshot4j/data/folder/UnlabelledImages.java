package io.fewshot4j.data.folder;

import io.fewshot4j.data.DecodeProgress;
import io.fewshot4j.data.ImageDataset;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.data.image.ImageDecoder;
import io.fewshot4j.data.source.FileNames;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.source.ImageSource;
import io.fewshot4j.data.source.LeftOut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Decoded images without classes, in memory, sorted by name. */
public final class UnlabelledImages {
    private final ImageShape shape;
    private final List<String> names;
    private final List<byte[]> pixels;

    private UnlabelledImages(ImageDecoder decoder, List<ImageFile> files) {
        shape = decoder.shape();
        names = files.stream().map(ImageFile::path).toList();
        pixels = files.parallelStream().map(file -> file.decode(decoder)).toList();
    }

    /**
     * Reads one image, or all that lie in a folder and below.
     *
     * @param decoder that of the model's training data
     * @param progress hears of files that are no images
     * @throws io.fewshot4j.FewShotException if there is no image, or one is damaged
     */
    public static UnlabelledImages read(Path fileOrFolder, ImageDecoder decoder, DecodeProgress progress) {
        if (Files.isRegularFile(fileOrFolder)) {
            String name = String.valueOf(fileOrFolder.getFileName());
            FileNames.require("the path", fileOrFolder.toString());
            ImageFile.Content content = () -> Files.newInputStream(fileOrFolder);
            return new UnlabelledImages(decoder, List.of(new ImageFile(name, fileOrFolder.toString(), content)));
        }
        try (ImageSource source = ImageSource.open(fileOrFolder)) {
            LeftOut.note(source, progress);
            return new UnlabelledImages(decoder, source.files());
        }
    }

    public ImageShape shape() {
        return shape;
    }

    public int count() {
        return names.size();
    }

    /** A file's path inside the folder, with {@code /}. */
    public String name(int image) {
        return names.get(image);
    }

    /** Copies the {@code shape().size()} bytes of an image, as {@link ImageDataset#read} does. */
    public void read(int image, byte[] target, int offset) {
        System.arraycopy(pixels.get(image), 0, target, offset, shape.size());
    }
}
