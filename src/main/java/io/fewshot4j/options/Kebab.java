package io.fewshot4j.options;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names as users write them: {@code inner-learning-rate}, {@code max-pool}. */
public final class Kebab {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private Kebab() {}

    /** {@code innerLearningRate} to {@code inner-learning-rate}. */
    public static String of(String camelCase) {
        return HUMP.matcher(camelCase).replaceAll("$1-$2").toLowerCase(Locale.ROOT);
    }

    /** {@code MAX_POOL} to {@code max-pool}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }
}
