package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** A kind of fault. A try of it is a function of its random numbers. */
interface Fault {
    /** Makes the fault in an empty folder, runs the program on it, and judges. */
    Verdict attempt(Random random, Path folder) throws IOException, InterruptedException;
}
