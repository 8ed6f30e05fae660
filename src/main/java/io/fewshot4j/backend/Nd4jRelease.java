package io.fewshot4j.backend;

import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** A release of ND4J by its version, and the compute capabilities that its CUDA kernels run on. */
public record Nd4jRelease(String version) {
    private static final String POM = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";
    /** The release whose kernels are there as PTX too, which the driver compiles for newer GPUs. */
    private static final String WITH_PTX = "1.0.0-M1.1";

    private static final double OLDEST = 3.7;
    private static final double FIRST_WITHOUT_CODE = 9.0;

    /** The one on the class path. */
    public static Nd4jRelease present() {
        Properties pom = new Properties();
        try (InputStream in = Nd4jRelease.class.getResourceAsStream(POM)) {
            if (in == null) {
                throw new FewShotException("the class path must hold ND4J, but " + POM + " is missing; use the"
                        + " distribution's launcher");
            }
            pom.load(in);
        } catch (IOException e) {
            throw new FewShotException("the class path must be readable, but " + POM + " is not: " + e.getMessage(), e);
        }
        return new Nd4jRelease(pom.getProperty("version"));
    }

    /** Whether its kernels run on a GPU; unknown capabilities are let pass. */
    public boolean runsOn(Gpu gpu) {
        double capability = gpu.computeCapability();
        return capability == 0 || (capability >= OLDEST && (capability < FIRST_WITHOUT_CODE || hasPtx()));
    }

    /** Whether newer GPUs can run it after the driver has compiled its kernels. */
    private boolean hasPtx() {
        return version.equals(WITH_PTX);
    }

    /** The CUDA toolkit that its kernels were made with. */
    String toolkit() {
        return hasPtx() ? "11.2" : "11.6";
    }

    /** The capabilities in words. */
    String capabilities() {
        return hasPtx() ? OLDEST + " or more" : OLDEST + " to 8.9";
    }
}
