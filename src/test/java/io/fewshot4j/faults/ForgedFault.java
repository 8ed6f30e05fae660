package io.fewshot4j.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fewshot4j.checkpoint.Seals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A run of somebody who means harm: manifests and arrays that fit their checksums and say what they like. */
final class ForgedFault implements Fault {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "-1",
            "0",
            "2147483647",
            "9223372036854775807",
            "1e999",
            "\"\"",
            "\"NaN\"",
            "\"1e30\"",
            "\"2147483647\"",
            "\"-1\"",
            "\"0\"",
            "\"3\"",
            "\"../../../etc/passwd\"",
            "\"\\u001b[2J=cmd\"",
            "[[[[1]]]]",
            "{\"a\":{}}",
            "true");
    private static final List<String> HEADERS = List.of(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 4), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9223372036854775807), }",
            "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }",
            "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
            "{'descr': '<U9', 'fortran_order': False, 'shape': (), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1, ".repeat(5000) + "), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
            "__import__('os').system('touch /tmp/hacked')",
            "");

    private final Base base;
    private final Program program;

    ForgedFault(Base base, Program program) {
        this.base = base;
        this.program = program;
    }

    @Override
    public Verdict attempt(Random random, Path folder) throws IOException {
        Base.Kind kind = Draw.one(random, Base.Kind.values());
        Operation.Place place = Operation.Place.in(folder, base);
        Trees.copy(base.run(kind), place.run());
        String done = "";
        long seed = random.nextLong();
        boolean manifest = random.nextInt(3) > 0;
        for (Path checkpoint : checkpoints(place.run())) {
            Random same = new Random(seed);
            done = manifest ? manifest(checkpoint, same) : arrays(checkpoint, same);
            Seals.seal(checkpoint);
        }
        Operation operation = Draw.one(random, Operation.values());
        Operation.Done found = operation.on(place, base, program, List.of());
        return new Judge("", List.of(), List.of(), true)
                .judge("forged, " + kind + ": " + done + "; " + operation.words(), found.ran(), found.result());
    }

    private static List<Path> checkpoints(Path run) {
        return Trees.all(run).stream()
                .filter(file -> file.endsWith("manifest.json"))
                .map(Path::getParent)
                .toList();
    }

    private static String manifest(Path checkpoint, Random random) throws IOException {
        Path file = checkpoint.resolve("manifest.json");
        ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
        ObjectNode settings = (ObjectNode) root.path("settings");
        ObjectNode object = random.nextInt(3) == 0 ? root : settings;
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        String key = Draw.one(random, keys);
        String drawn = Draw.one(random, VALUES);
        boolean endless =
                key.matches(".*(steps|episodes|batch|iterations|particles|query|shot)") && drawn.length() > 10;
        String value = endless ? "\"3\"" : drawn; // work for years is no fault
        JsonNode node = JSON.readTree(value.equals("1e999") ? "\"Infinity\"" : value);
        object.set(key, node);
        Files.writeString(file, root.toPrettyString());
        return key + " = " + value;
    }

    /** One array of another header, length or values. */
    private static String arrays(Path checkpoint, Random random) throws IOException {
        Path file = checkpoint.resolve(random.nextBoolean() ? "parameters.npz" : "optimizer.npz");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int choice = random.nextInt(6);
        String header = Draw.one(random, HEADERS);
        try (ZipFile in = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            List<? extends ZipEntry> entries = in.stream().toList();
            int target = random.nextInt(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                byte[] array = in.getInputStream(entries.get(i)).readAllBytes();
                String name = entries.get(i).getName();
                if (i == target && choice == 0) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(i == target && choice == 1 ? "../../evil.npy" : name));
                out.write(i == target && choice > 1 ? other(array, choice, header, random) : array);
            }
        }
        Files.write(file, bytes.toByteArray());
        return file.getFileName() + ": "
                + List.of(
                                "an array missing",
                                "another name",
                                "header " + header,
                                "more values",
                                "other values",
                                "no values")
                        .get(choice);
    }

    private static byte[] other(byte[] array, int choice, String header, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (choice) {
            case 2 -> {
                out.write(array, 0, 8);
                out.write(header.length() & 255);
                out.write(header.length() >> 8);
                out.write(header.getBytes(StandardCharsets.ISO_8859_1));
                out.write(array, array.length / 2, array.length - array.length / 2);
            }
            case 3 -> {
                out.write(array);
                out.write(new byte[4]);
            }
            case 4 -> {
                for (int i = 128; i < array.length; i++) {
                    array[i] = (byte) random.nextInt();
                }
                out.write(array);
            }
            default -> out.write(array, 0, Math.min(128, array.length));
        }
        return out.toByteArray();
    }
}
