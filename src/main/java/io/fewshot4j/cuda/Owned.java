package io.fewshot4j.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resources to give back, the last first. */
final class Owned implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Owned.class);

    private final Deque<Runnable> releases = new ArrayDeque<>();

    void add(Runnable release) {
        releases.push(release);
    }

    /** Gives everything back. After the device was lost the calls fail, and nobody has to know of each. */
    @Override
    public void close() {
        while (!releases.isEmpty()) {
            try {
                releases.pop().run();
            } catch (CudaFault lost) {
                LOG.debug("not given back: {}", lost.getMessage());
            }
        }
    }
}
