package io.fewshot4j.options;

import io.fewshot4j.FewShotException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** Makes a settings record of another one and some values. */
final class Binder<R extends Record> {
    private final R defaults;
    private final List<Component> components;

    Binder(R defaults) {
        this.defaults = defaults;
        this.components = Component.of(defaults);
    }

    R bind(Map<String, String> values) {
        List<Object> arguments = Arrays.stream(defaults.getClass().getRecordComponents())
                .map(component -> argument(component, values))
                .toList();
        try {
            return construct(arguments);
        } catch (InvocationTargetException e) {
            throw refused(e, values);
        }
    }

    private Object argument(RecordComponent component, Map<String, String> values) {
        Object own = Component.read(component.getAccessor(), defaults);
        if (own instanceof Record inner) {
            return new Binder<>(inner).bind(values);
        }
        String text = values.get(Kebab.of(component.getName()));
        return text == null ? own : named(component.getName()).parse(text);
    }

    private Component named(String name) {
        return components.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private R construct(List<Object> arguments) throws InvocationTargetException {
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) defaults.getClass();
        try {
            var constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            return constructor.newInstance(arguments.toArray());
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("cannot make a " + type.getName(), e);
        }
    }

    /** The record's own objection, in the user's words; anything but an objection is a programming error. */
    private RuntimeException refused(InvocationTargetException e, Map<String, String> values) {
        if (e.getCause() instanceof FewShotException message) {
            return message;
        }
        if (!(e.getCause() instanceof IllegalArgumentException)) {
            return new IllegalStateException(
                    "cannot make a " + defaults.getClass().getName(), e.getCause());
        }
        String message = String.valueOf(e.getCause().getMessage());
        String renamed = renamed(message);
        boolean named = components.stream().anyMatch(c -> contains(renamed, c.key()));
        return new FewShotException(named ? renamed : given(values) + ": " + renamed, e.getCause());
    }

    private String renamed(String message) {
        String renamed = message;
        for (Component component : components) {
            renamed = renamed.replaceAll("\\b" + component.name() + "\\b", Matcher.quoteReplacement(component.key()));
        }
        return renamed;
    }

    private static boolean contains(String message, String key) {
        return message.matches("(?s)(.*[^\\w-])?" + key + "([^\\w-].*)?");
    }

    /** The values that were given, for a message that names none of them. */
    private String given(Map<String, String> values) {
        return components.stream()
                .filter(c -> values.containsKey(c.key()))
                .map(c -> c.key() + "=" + values.get(c.key()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("defaults");
    }
}
