package io.fewshot4j.tensor;

import io.fewshot4j.FewShotException;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Named arrays in NumPy's npz format: a zip of npy files. Types and shapes are kept; scalars have rank 0. */
public final class Npz {
    private static final String SUFFIX = ".npy";
    /** The first day of 1980 would make ZipEntry add a second time, in this machine's zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Npz() {}

    /** Writes DOUBLE, FLOAT, LONG, INT, UINT8 and BOOL arrays in the map's order; equal arrays give equal bytes. */
    public static void write(Path file, Map<String, INDArray> arrays) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(out, arrays);
        } catch (IOException e) {
            throw new FewShotException("cannot write " + file + ": " + reason(e), e);
        }
    }

    /** Writes to a stream, which stays open. */
    public static void write(OutputStream out, Map<String, INDArray> arrays) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
            byte[] bytes = Npy.write(array.getValue());
            ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(crc(bytes));
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        }
        zip.finish();
    }

    /**
     * All arrays by name, in the file's order and in c-order; the caller closes them.
     *
     * @throws FewShotException naming the file and the entry that cannot be read
     */
    public static Map<String, INDArray> read(Path file) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : List.copyOf(Collections.list(zip.entries()))) {
                String name = name(entry);
                if (arrays.containsKey(name)) {
                    throw new IllegalArgumentException("entry " + entry.getName() + " is there twice");
                }
                arrays.put(name, read(zip, entry));
            }
            return arrays;
        } catch (NoSuchFileException e) {
            throw new FewShotException("cannot read " + file + ": there is no such file", e);
        } catch (IOException | IllegalArgumentException e) {
            arrays.values().forEach(INDArray::close);
            throw new FewShotException("cannot read " + file + " as an npz file: " + reason(e), e);
        }
    }

    private static String name(ZipEntry entry) {
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("entry " + name + " must end in " + SUFFIX);
        }
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static INDArray read(ZipFile zip, ZipEntry entry) {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(entry.getSize()));
            if (bytes.length < entry.getSize()) {
                throw new EOFException("is cut off after " + bytes.length + " bytes of " + entry.getSize());
            }
            if (crc(bytes) != entry.getCrc()) {
                throw new IOException("is damaged: its CRC-32 differs from the one in the zip");
            }
            return Npy.read(bytes);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("entry " + entry.getName() + " " + reason(e), e);
        }
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
