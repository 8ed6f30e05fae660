package io.fewshot4j.data.folder;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.source.FileNames;
import io.fewshot4j.data.source.FileStamp;
import io.fewshot4j.data.source.ImageFile;
import io.fewshot4j.data.store.ImageListing;
import io.fewshot4j.data.store.ImageListing.Labelled;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.datavec.api.io.labels.PathLabelGenerator;
import org.datavec.api.split.InputSplit;

/** Files that a DataVec input split lists, labelled by a DataVec label generator. */
final class DataVecListing {
    private DataVecListing() {}

    static ImageListing of(InputSplit files, PathLabelGenerator labels) {
        List<Labelled> images = new ArrayList<>();
        List<String> stamps = new ArrayList<>();
        for (URI location : files.locations()) {
            if (!"file".equals(location.getScheme())) {
                throw new FewShotException(
                        location + " is not a file: locations must begin with file:; copy it to disk");
            }
            Path file = Path.of(location);
            String path = file.toString();
            try {
                FileNames.require("the input split", path);
                stamps.add(path + " " + FileStamp.of(file));
            } catch (IOException e) {
                throw new FewShotException(path + " cannot be read (" + e + "): replace or remove it", e);
            }
            String className = labels.getLabelForPath(location).toString();
            images.add(new Labelled(className, path, new ImageFile(path, path, () -> Files.newInputStream(file))));
        }
        if (images.isEmpty()) {
            throw new FewShotException("the input split lists no file: it must list at least one image");
        }
        return new ImageListing("images", stamps, images);
    }
}
