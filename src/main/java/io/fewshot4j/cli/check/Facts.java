package io.fewshot4j.cli.check;

import io.fewshot4j.backend.CudaFacts;
import java.nio.file.Path;
import java.util.List;

/** Facts that {@code doctor} knows of this machine and this build. Bytes are -1 where they are not known. */
record Facts(Java java, Processor processor, Memory memory, Disk cache, Backend backend, CudaFacts cuda) {
    /** The Java that runs this. */
    record Java(int feature, String version, String vendor, String home) {}

    /**
     * The processor.
     *
     * @param load mean number of runnable threads of the whole machine over the last minute; negative where not known
     */
    record Processor(String architecture, String model, int cores, double load) {}

    /**
     * Memory in bytes.
     *
     * @param physical of the machine, or of the container
     * @param heap limit of Java's heap
     * @param offHeap limit of arrays; 0 for none
     * @param process limit of the process as a whole; 0 for none
     */
    record Memory(long physical, long available, long heap, long offHeap, long process) {}

    /** The folder of decoded images, and what is free there. */
    record Disk(Path folder, long free) {}

    /**
     * ND4J's backend.
     *
     * @param failure why it does not work; empty where it does
     * @param name of its class
     * @param options that its native library was built with
     * @param threads of OpenMP for one operation
     * @param gflops billions of operations a second in products of matrices on all cores; 0 where not measured
     */
    record Backend(String failure, String name, String version, List<String> options, int threads, double gflops) {
        Backend {
            options = List.copyOf(options);
        }

        static Backend failed(String reason) {
            return new Backend(reason, "none", "", List.of(), 0, 0);
        }

        boolean oneDnn() {
            return options.contains("HAVE_ONEDNN");
        }

        boolean cuda() {
            return name.equals("JCublasBackend");
        }
    }
}
