package io.fewshot4j.data.split;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.image.ImageFormat;
import io.fewshot4j.data.source.FileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A list as users have it: UTF-8 or UTF-16 with a byte-order mark or without, cells divided by commas, semicolons or
 * tabs, perhaps in quotes, with a head or without, {@code #} before comments.
 *
 * @param where the file's name, for messages
 * @param head the words above the columns in lower case; empty for none
 * @param rows the cells of each line below, without spaces around
 */
public record ListFile(String where, List<String> head, List<List<String>> rows) {
    /** Words above a column of files, the best first. */
    public static final List<String> FILE = List.of(
            "filename",
            "file_name",
            "file",
            "filepath",
            "file_path",
            "path",
            "image_path",
            "image_name",
            "imagename",
            "img_name",
            "image",
            "images",
            "img");

    /** Words above a column of classes, the best first. */
    public static final List<String> CLASS = List.of(
            "class_name",
            "classname",
            "class",
            "label_name",
            "label",
            "labels",
            "class_label",
            "category",
            "wnid",
            "synset",
            "name",
            "target");

    /** Words above a column of splits. */
    public static final List<String> SPLIT = List.of("split", "set", "subset", "partition");

    private static final Set<String> OTHER = Set.of("", "id", "index", "image_id", "class_id", "unnamed:_0", "#");
    private static final int MAX_BYTES = 1 << 28;

    public ListFile {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    /** Reads a file. */
    public static ListFile read(Path file) {
        return of(file.toString(), bytes(file));
    }

    static byte[] bytes(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new FewShotException("the list " + file + " is not a regular file: name another");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new FewShotException(
                        "the list " + file + " is too large: a list may have " + MAX_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FewShotException("the list " + file + " cannot be read (" + e + ")", e);
        }
    }

    /** Reads a list's bytes. */
    public static ListFile of(String where, byte[] bytes) {
        String text = text(where, bytes);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreSurroundingSpaces(true)
                .setTrim(true)
                .setCommentMarker('#')
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<List<String>> rows = parser.stream()
                    .map(CSVRecord::toList)
                    .filter(row -> row.stream().anyMatch(cell -> !cell.isEmpty()))
                    .toList();
            rows.forEach(row -> row.forEach(cell -> FileNames.require(where, cell)));
            boolean headed = !rows.isEmpty() && isHead(rows);
            return new ListFile(
                    where,
                    headed ? rows.get(0).stream().map(ListFile::word).toList() : List.of(),
                    rows.subList(headed ? 1 : 0, rows.size()));
        } catch (IOException | RuntimeException e) {
            if (e instanceof FewShotException known) {
                throw known;
            }
            throw new FewShotException(
                    where + " is not a list of cells divided by commas (" + e.getMessage() + "): mend it", e);
        }
    }

    /** The text, whatever mark is before it. */
    static String text(String where, byte[] bytes) {
        int first = bytes.length > 0 ? bytes[0] & 0xff : 0;
        int second = bytes.length > 1 ? bytes[1] & 0xff : 0;
        boolean wide = (first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff);
        Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new FewShotException(where + " must be a text in UTF-8: save it so", e);
        }
    }

    private static char delimiter(String text) {
        String line = text.lines()
                .filter(one -> !one.isBlank() && !one.startsWith("#"))
                .findFirst()
                .orElse("");
        return line.indexOf('\t') >= 0 ? '\t' : line.indexOf(';') >= 0 && line.indexOf(',') < 0 ? ';' : ',';
    }

    private static String word(String cell) {
        return cell.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    /** A single word for files is a head only before a file, for a class may be called so. */
    private static boolean isHead(List<List<String>> rows) {
        List<String> words = rows.get(0).stream().map(ListFile::word).toList();
        boolean beforeFile = rows.size() > 1 && ImageFormat.named(rows.get(1).get(0));
        return words.stream()
                        .anyMatch(word -> isColumn(word) && (words.size() > 1 || !FILE.contains(word) || beforeFile))
                && words.stream().allMatch(word -> isColumn(word) || OTHER.contains(word));
    }

    private static boolean isColumn(String word) {
        return Stream.of(FILE, CLASS, SPLIT).anyMatch(words -> words.contains(word));
    }

    /** The place of the column with one of these words above it. */
    Optional<Integer> column(List<String> words) {
        return words.stream().filter(head::contains).map(head::indexOf).findFirst();
    }

    /** A file's path with slashes, without a dot before it. */
    static String path(String cell) {
        return cell.replace('\\', '/').replaceFirst("^(\\./)+", "");
    }

    /** The folder that a path's file lies in; empty without one. */
    static String folderOf(String path) {
        String[] parts = path.split("/", -1);
        return parts.length < 2 ? "" : parts[parts.length - 2];
    }
}
