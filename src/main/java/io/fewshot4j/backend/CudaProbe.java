package io.fewshot4j.backend;

import java.util.List;
import java.util.ServiceLoader;
import org.nd4j.linalg.factory.Nd4jBackend;

/** Finds out the {@link CudaFacts} of this machine and this build. */
public final class CudaProbe {
    /** Its class, in whichever build it is. */
    static final String BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";

    private CudaProbe() {}

    /**
     * The facts; a build without CUDA does not look for GPUs, and CUDA's libraries are asked only where the GPU can run
     * ND4J's kernels.
     */
    public static CudaFacts facts() {
        boolean inBuild = isInBuild();
        CudaFacts facts = new CudaFacts(inBuild, Nd4jRelease.present(), inBuild ? Nvidia.gpus() : List.of(), "");
        return facts.obstacle().isPresent() ? facts : new CudaFacts(inBuild, facts.release(), facts.gpus(), failure());
    }

    private static boolean isInBuild() {
        return CudaProbe.class.getClassLoader().getResource(BACKEND.replace('.', '/') + ".class") != null;
    }

    /** Asks the backend itself: ND4J hides what it answers. */
    private static String failure() {
        for (Nd4jBackend backend : ServiceLoader.load(Nd4jBackend.class)) {
            if (backend.getClass().getName().equals(BACKEND)) {
                try {
                    return backend.isAvailable() ? "" : "No CUDA devices were found";
                } catch (LinkageError | RuntimeException e) {
                    return deepest(e);
                }
            }
        }
        return "its backend is not registered";
    }

    private static String deepest(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
