package io.fewshot4j.options;

import io.fewshot4j.FewShotException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** A component of a settings record as an option. */
record Component(String name, String key, ValueType type, Method accessor, String description) {
    static List<Component> of(Record settings) {
        return Arrays.stream(settings.getClass().getRecordComponents())
                .map(Component::of)
                .toList();
    }

    private static Component of(RecordComponent component) {
        ValueType type = ValueType.of(component.getGenericType());
        Describe describe = component.getAnnotation(Describe.class);
        String description = describe == null ? "" : describe.value();
        String name = component.getName();
        return new Component(name, Kebab.of(name), type, component.getAccessor(), description);
    }

    Object value(Record settings) {
        try {
            accessor.setAccessible(true);
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
