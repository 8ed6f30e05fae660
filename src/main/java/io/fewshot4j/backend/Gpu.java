package io.fewshot4j.backend;

/**
 * A graphics processor as the driver tells of it.
 *
 * @param computeCapability 0 where the driver does not say
 */
public record Gpu(String name, String driver, String memory, double computeCapability) {
    /** Its name and compute capability. */
    public String inWords() {
        return name + " (compute capability " + (computeCapability > 0 ? computeCapability : "unknown") + ")";
    }
}
