package io.fewshot4j.backend;

import java.util.List;
import java.util.Optional;

/**
 * Facts about CUDA that can be known without touching ND4J.
 *
 * @param inBuild whether this build holds ND4J's CUDA backend
 * @param gpus that the driver lists
 * @param failure what CUDA's libraries answered when asked for a device; empty where there is one
 */
public record CudaFacts(boolean inBuild, Nd4jRelease release, List<Gpu> gpus, String failure) {
    public CudaFacts {
        gpus = List.copyOf(gpus);
    }

    /** These facts with other GPUs. */
    public CudaFacts withGpus(List<Gpu> others) {
        return new CudaFacts(inBuild, release, others, failure);
    }

    /** Why CUDA cannot run; empty where it can. */
    public Optional<Obstacle> obstacle() {
        if (!inBuild) {
            return because("this build computes on the processor only", "build with -Pcuda; see docs/gpu.md");
        }
        Optional<Gpu> unfit = gpus.stream().filter(gpu -> !release.runsOn(gpu)).findFirst();
        if (unfit.isPresent()) {
            return because(
                    "the GPU must have a compute capability of " + release.capabilities() + " for ND4J "
                            + release.version() + ", got " + unfit.get().inWords(),
                    "build with -Pcuda,cuda-hopper, or use --device cpu; see docs/gpu.md");
        }
        return failure.isEmpty() ? Optional.empty() : ofFailure();
    }

    private Optional<Obstacle> ofFailure() {
        if (failure.contains("libcuda.so") || failure.contains("nvcuda")) {
            return because(
                    "there must be an NVIDIA driver, but its library is missing (" + failure + ")",
                    "install the driver; in a container, run it with --gpus all");
        }
        if (failure.contains("No CUDA devices") || failure.contains("no CUDA-capable device")) {
            return because(
                    "there must be an NVIDIA GPU, but the driver lists none (" + failure + ")",
                    "look at nvidia-smi and CUDA_VISIBLE_DEVICES; in a container, run it with --gpus all");
        }
        if (failure.contains("libcu") || failure.contains("libnv")) {
            return because(
                    "the CUDA libraries that ND4J " + release.version() + " was made for must be there, but one is"
                            + " missing (" + failure + ")",
                    "build with -Pcuda,cuda-redist, which brings them, or install CUDA " + release.toolkit());
        }
        return because("CUDA does not start: " + failure, "look at fewshot4j doctor and docs/gpu.md");
    }

    private static Optional<Obstacle> because(String problem, String remedy) {
        return Optional.of(new Obstacle(problem, remedy));
    }
}
