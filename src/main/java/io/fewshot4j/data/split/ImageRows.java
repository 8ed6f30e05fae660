package io.fewshot4j.data.split;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.image.ImageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a list of images and their classes. */
public final class ImageRows {
    private ImageRows() {}

    /**
     * An image of a list.
     *
     * @param file its path as the list has it, with slashes
     */
    public record Row(String file, String label) {
        /** The file's name without folders. */
        public String name() {
            return file.substring(file.lastIndexOf('/') + 1);
        }
    }

    /**
     * Reads {@code filename,label}, {@code label,filename} or {@code class/filename}.
     *
     * @throws FewShotException if a row is something else, or an image is there twice
     */
    public static List<Row> read(ListFile list) {
        List<Row> rows = new ArrayList<>();
        Map<String, Row> seen = new HashMap<>();
        for (List<String> cells : list.rows()) {
            Row row = row(list, cells);
            Row before = seen.putIfAbsent(row.file(), row);
            if (before != null) {
                throw new FewShotException(list.where() + " names " + row.file() + " twice, as "
                        + before.label() + " and as " + row.label()
                        + ": an image could be support and query at once; remove one of the lines");
            }
            rows.add(row);
        }
        return rows;
    }

    private static Row row(ListFile list, List<String> cells) {
        Optional<Integer> file = list.column(ListFile.FILE);
        Optional<Integer> label = list.column(ListFile.CLASS);
        int fileAt = file.orElse(label.isPresent() ? 1 - label.get() : turned(cells) ? 1 : 0);
        int labelAt = label.orElse(1 - fileAt);
        boolean inFolder = label.isEmpty() && (cells.size() == 1 || !list.head().isEmpty());
        int columns = list.head().isEmpty() ? inFolder ? 1 : 2 : list.head().size();
        boolean right = cells.size() == columns && fileAt >= 0 && fileAt < columns && (inFolder || labelAt < columns);
        String path = right ? ListFile.path(cells.get(fileAt)) : "";
        String name = !right || labelAt < 0 ? "" : inFolder ? ListFile.folderOf(path) : cells.get(labelAt);
        if (path.isEmpty() || name.isEmpty()) {
            throw new FewShotException(
                    list.where() + " must have lines \"filename,label\" or \"class/filename\", got \""
                            + String.join(",", cells) + "\"");
        }
        return new Row(path, name);
    }

    private static boolean turned(List<String> cells) {
        return cells.size() == 2 && ImageFormat.named(cells.get(1)) && !ImageFormat.named(cells.get(0));
    }
}
