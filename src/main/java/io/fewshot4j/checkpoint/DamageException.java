package io.fewshot4j.checkpoint;

import java.io.IOException;

/** Content that was read and is wrong, unlike content that could not be read. */
final class DamageException extends IOException {
    private static final long serialVersionUID = 1;

    DamageException(String message) {
        super(message);
    }

    DamageException(String message, Throwable cause) {
        super(message, cause);
    }
}
