package io.fewshot4j.options;

import io.fewshot4j.FewShotException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A component of a settings record, or of a record that is one of its components, as an option.
 *
 * @param path from the settings record to the value
 */
record Component(String name, String key, ValueType type, List<Method> path, String description) {
    Component {
        path = List.copyOf(path);
    }

    static List<Component> of(Record settings) {
        return of(settings.getClass(), List.of()).toList();
    }

    private static Stream<Component> of(Class<?> settings, List<Method> path) {
        if (!Modifier.isPublic(settings.getModifiers())) {
            throw new IllegalArgumentException("settings must be a public record, got " + settings.getName()
                    + "; make it public, or its components cannot be read and set");
        }
        return Arrays.stream(settings.getRecordComponents()).flatMap(component -> {
            List<Method> longer = new ArrayList<>(path);
            longer.add(component.getAccessor());
            return component.getType().isRecord()
                    ? of(component.getType(), longer)
                    : Stream.of(leaf(component, longer));
        });
    }

    private static Component leaf(RecordComponent component, List<Method> path) {
        ValueType type = ValueType.of(component.getGenericType());
        Describe describe = component.getAnnotation(Describe.class);
        String description = describe == null ? "" : describe.value();
        String name = component.getName();
        return new Component(name, Kebab.of(name), type, path, description);
    }

    Object value(Record settings) {
        Object value = settings;
        for (Method accessor : path) {
            value = read(accessor, value);
        }
        return value;
    }

    static Object read(Method accessor, Object settings) {
        try {
            return accessor.invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }

    String text(Record settings) {
        return type.write().apply(value(settings));
    }

    Object parse(String text) {
        try {
            return type.read().apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new FewShotException(key + " must be " + type.accepted() + ", got \"" + text + "\"", e);
        }
    }
}
