package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Work of some seconds that may be stopped at any moment and gone on with. */
interface Work {
    /** One word. */
    String name();

    /** Puts what it needs into a folder. */
    default void prepare(Path folder) throws IOException {}

    /** The line that begins it, or goes on with it. */
    List<?> line(Path folder);

    /** All that should be the same however often it was stopped. */
    String result(Path folder, Ran ran) throws IOException;
}
