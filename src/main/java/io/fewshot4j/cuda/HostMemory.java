package io.fewshot4j.cuda;

import org.bytedeco.javacpp.Pointer;

/** A place in the processor's memory that is another's. */
final class HostMemory extends Pointer {
    HostMemory(long address) {
        this.address = address;
    }
}
