package io.fewshot4j;

/**
 * A fault that the user can mend: one line that names what is wrong, the rule, the value found and the way out. The
 * command line prints the message alone and exits with 1.
 */
public class FewShotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The whole story in one line. */
    public FewShotException(String message) {
        super(message);
    }

    /** A message with its technical cause, which is shown only on request. */
    public FewShotException(String message, Throwable cause) {
        super(message, cause);
    }
}
