package io.fewshot4j.data.source;

import io.fewshot4j.FewShotException;

/** Names that come from files and are shown, written to lists and told apart by their characters. */
public final class FileNames {
    private static final char REPLACEMENT = '\uFFFD';

    private FileNames() {}

    /**
     * Refuses a name that this locale cannot tell from others, or that would control a terminal.
     *
     * @param where what bears the name, for the message
     */
    public static void require(String where, String name) {
        if (name.indexOf(REPLACEMENT) >= 0) {
            throw new FewShotException("the name " + shown(name) + " in " + shown(where)
                    + " has characters that this locale cannot read: set LC_ALL=C.UTF-8, or rename it");
        }
        if (name.chars().anyMatch(FileNames::controls)) {
            throw new FewShotException("the name " + shown(name) + " in " + shown(where)
                    + " has control characters, shown as ?: rename it");
        }
    }

    /** The name with question marks for what is no text. */
    public static String shown(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints().forEach(c -> text.appendCodePoint(controls(c) || c == REPLACEMENT ? '?' : c));
        return text.toString();
    }

    /** Control characters, and marks that change the direction of what follows. */
    private static boolean controls(int character) {
        boolean direction =
                (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
        return Character.isISOControl(character) || direction || character == 0x2028 || character == 0x2029;
    }
}
