package io.fewshot4j.options;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reading and writing of values of one type as text.
 *
 * @param accepted what is accepted, in words that follow "must be"
 * @param read throws {@link IllegalArgumentException} on any other text
 */
record ValueType(String accepted, Function<String, Object> read, Function<Object, String> write) {
    private static final Map<Type, ValueType> SIMPLE = Map.of(
            int.class, new ValueType("a whole number", Integer::valueOf, Object::toString),
            long.class, new ValueType("a whole number", Long::valueOf, Object::toString),
            double.class, new ValueType("a number", ValueType::number, ValueType::text),
            boolean.class, new ValueType("true or false", ValueType::truth, Object::toString),
            String.class, new ValueType("text", text -> text, Object::toString));
    private static final Map<Type, Type> ELEMENTS = Map.of(Integer.class, int.class, Double.class, double.class);

    /**
     * Returns the value type of a record component; any other type than those named in {@link Settings} is a
     * programming error.
     */
    static ValueType of(Type type) {
        if (SIMPLE.containsKey(type)) {
            return SIMPLE.get(type);
        }
        if (type instanceof Class<?> c && c.isEnum()) {
            return ofEnum(Arrays.asList((Enum<?>[]) c.getEnumConstants()));
        }
        if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
            Type element = ELEMENTS.get(p.getActualTypeArguments()[0]);
            if (element != null) {
                return ofList(of(element));
            }
        }
        throw new IllegalStateException("a settings record must not have a component of type " + type.getTypeName());
    }

    private static ValueType ofEnum(List<Enum<?>> constants) {
        String names = constants.stream().map(Kebab::of).collect(Collectors.joining(", "));
        return new ValueType("one of " + names, text -> constant(constants, text), value -> Kebab.of((Enum<?>) value));
    }

    private static Enum<?> constant(List<Enum<?>> constants, String text) {
        return constants.stream()
                .filter(constant -> Kebab.of(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static ValueType ofList(ValueType element) {
        return new ValueType(
                element.accepted().replaceFirst("a (.*)", "$1s") + " with commas between",
                text -> text.isEmpty()
                        ? List.of()
                        : Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .map(element.read())
                                .toList(),
                value -> ((List<?>) value).stream().map(element.write()).collect(Collectors.joining(",")));
    }

    /** A finite number in decimal notation. */
    private static Object number(String text) {
        double value = new BigDecimal(text).doubleValue();
        if (Double.isInfinite(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static Object truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException();
        }
        return Boolean.valueOf(text);
    }

    /** Without a needless exponent: 0.0001, 60000, 1E-8. */
    private static String text(Object value) {
        BigDecimal exact = BigDecimal.valueOf((Double) value).stripTrailingZeros();
        boolean plain = exact.scale() < 0 && exact.scale() > -9;
        return (plain ? exact.setScale(0) : exact).toString();
    }
}
