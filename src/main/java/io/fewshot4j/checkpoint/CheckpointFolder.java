package io.fewshot4j.checkpoint;

import io.fewshot4j.FewShotException;
import io.fewshot4j.learner.Model;
import io.fewshot4j.tensor.Npz;
import io.fewshot4j.tensor.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A checkpoint as files: {@code parameters.npz}, {@code optimizer.npz}, and {@code manifest.json} written last. */
final class CheckpointFolder {
    private static final String PARAMETERS = "parameters.npz";
    private static final String OPTIMIZER = "optimizer.npz";

    private CheckpointFolder() {}

    /** Hears of each file once it is on the disk. */
    @FunctionalInterface
    interface Watch {
        void written(Path file) throws IOException;
    }

    /** Writes to an empty folder, through to the disk. */
    static void write(Path folder, Checkpoint checkpoint, Watch watch) throws IOException {
        Map<String, String> sha256 = new LinkedHashMap<>();
        sha256.put(PARAMETERS, write(folder.resolve(PARAMETERS), ModelFile.arrays(checkpoint.model()), watch));
        sha256.put(OPTIMIZER, write(folder.resolve(OPTIMIZER), checkpoint.optimizer(), watch));
        byte[] json = new ManifestFile(checkpoint.manifest(), sha256).toJson();
        DurableFiles.write(folder.resolve(ManifestFile.NAME), out -> out.write(json));
        DurableFiles.sync(folder);
    }

    private static String write(Path file, Map<String, INDArray> arrays, Watch watch) throws IOException {
        String sha256 = DurableFiles.write(file, out -> Npz.write(out, arrays));
        watch.written(file);
        return sha256;
    }

    /**
     * Reads and checks all of it; the caller closes the checkpoint.
     *
     * @throws IOException if it is damaged
     * @throws FewShotException if it is another program's, or of a newer format
     */
    static Checkpoint read(Path folder) throws IOException {
        ManifestFile manifest = ManifestFile.read(folder);
        Map<String, INDArray> optimizer = arrays(folder, OPTIMIZER, manifest);
        Map<String, INDArray> parameters = arrays(folder, PARAMETERS, manifest);
        Model model = ModelFile.model(parameters);
        parameters.values().forEach(INDArray::close);
        return new Checkpoint(manifest.manifest(), model, optimizer);
    }

    private static Map<String, INDArray> arrays(Path folder, String name, ManifestFile manifest) throws IOException {
        Path file = folder.resolve(name);
        String found = DurableFiles.sha256(file);
        String expected = manifest.sha256().getOrDefault(name, "none");
        if (!found.equals(expected)) {
            throw new DamageException(name + " must have the SHA-256 " + expected + " of its manifest, got " + found);
        }
        Map<String, INDArray> arrays = npz(file);
        try {
            for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
                requireFinite(name, array.getKey(), array.getValue());
            }
            return arrays;
        } catch (DamageException e) {
            arrays.values().forEach(INDArray::close);
            throw e;
        }
    }

    private static Map<String, INDArray> npz(Path file) throws IOException {
        try {
            return Npz.read(file);
        } catch (FewShotException e) {
            throw new DamageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireFinite(String file, String name, INDArray array) throws IOException {
        if (array.isR() && !Arrays.stream(Transfer.read(array)).allMatch(Double::isFinite)) {
            throw new DamageException(file + " holds a NaN or infinite number in " + name);
        }
    }
}
