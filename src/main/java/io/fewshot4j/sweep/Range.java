package io.fewshot4j.sweep;

import io.fewshot4j.FewShotException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Numbers from one to another, both included.
 *
 * @param key of the setting
 * @param log whether equal ratios are equally likely
 * @param whole whether they are whole numbers
 * @param count of a grid's values; 0 where it is open
 */
record Range(String key, BigDecimal low, BigDecimal high, boolean log, boolean whole, int count) implements Axis {
    private static final String NUMBER = "(-?\\d{1,18}(?:\\.\\d{1,18})?(?:[eE][+-]?\\d{1,2})?)";
    private static final Pattern BEGINNING = Pattern.compile(NUMBER + "\\s+to\\b.*");
    private static final Pattern FORM =
            Pattern.compile(NUMBER + "\\s+to\\s+" + NUMBER + "(,\\s*log)?(?:,\\s*(\\d{1,4})\\s+values)?");
    private static final MathContext DIGITS = new MathContext(4);
    private static final int MOST_WHOLE = 10_000;

    Range {
        require(key, low.compareTo(high) < 0, "must go up, from the smaller number to the larger", low, high);
        require(key, !log || low.signum() > 0, "must begin above 0 on a log scale", low, high);
        require(key, !whole || (isWhole(low) && isWhole(high)), "must have whole numbers at its ends", low, high);
    }

    private static void require(String key, boolean holds, String rule, BigDecimal low, BigDecimal high) {
        if (!holds) {
            throw new FewShotException("the range of " + key + " " + rule + ", got " + low + " to " + high);
        }
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    static boolean isRange(String text) {
        return BEGINNING.matcher(text).matches();
    }

    static Range parse(String key, String text, String type) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new FewShotException("the range of " + key + " must be such as 0.001 to 0.1, log, 5 values (log and"
                    + " values may be left out), got \"" + text + "\"");
        }
        boolean whole = type.equals("a whole number");
        if (!whole && !type.equals("a number")) {
            throw new FewShotException(
                    key + " must be searched by choices such as a | b, for it is " + type + ", got \"" + text + "\"");
        }
        int count = form.group(4) == null ? 0 : Integer.parseInt(form.group(4));
        if (form.group(4) != null && count < 2) {
            throw new FewShotException("the range of " + key + " must have at least 2 values, got " + count);
        }
        return new Range(
                key, new BigDecimal(form.group(1)), new BigDecimal(form.group(2)), form.group(3) != null, whole, count);
    }

    @Override
    public String at(double place) {
        return whole ? text(Math.floor(between(from(), to() + 1, place))) : text(between(from(), to(), place));
    }

    @Override
    public List<String> grid() {
        if (count == 0 && (!whole || log || to() - from() >= MOST_WHOLE)) {
            throw new FewShotException("the range of " + key + " must say how many values a grid has, as in " + low
                    + " to " + high + (log ? ", log" : "") + ", 5 values; or set search: random");
        }
        int values = count == 0 ? (int) (to() - from()) + 1 : count;
        return IntStream.range(0, values)
                .mapToObj(i -> text(between(from(), to(), i / (values - 1.0))))
                .distinct()
                .toList();
    }

    @Override
    public double placeOf(String value) {
        double number = Double.parseDouble(value);
        return log ? Math.log(number / from()) / Math.log(to() / from()) : (number - from()) / (to() - from());
    }

    @Override
    public List<String> labels() {
        return Stream.of(low, high).map(end -> text(end.doubleValue())).toList();
    }

    private double from() {
        return low.doubleValue();
    }

    private double to() {
        return high.doubleValue();
    }

    private double between(double from, double to, double place) {
        return log ? from * Math.pow(to / from, place) : from + (to - from) * place;
    }

    /** Within the range, of four digits or whole. */
    private String text(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        BigDecimal rounded = whole ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(DIGITS);
        BigDecimal kept = rounded.max(low).min(high);
        return kept.signum() == 0 ? "0" : kept.stripTrailingZeros().toPlainString();
    }
}
