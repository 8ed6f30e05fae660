package io.fewshot4j.sweep;

import io.fewshot4j.FewShotException;
import java.util.List;
import java.util.stream.Stream;

/** Some values, equally likely. */
record Choices(List<String> values) implements Axis {
    Choices {
        values = List.copyOf(values);
    }

    static Choices parse(String key, String text) {
        List<String> values =
                Stream.of(text.split("\\|", -1)).map(String::strip).toList();
        if (values.stream().anyMatch(String::isEmpty)
                || values.stream().distinct().count() < values.size()) {
            throw new FewShotException(
                    key + " must have different values with | between, such as 16 | 32, got \"" + text + "\"");
        }
        return new Choices(values);
    }

    @Override
    public String at(double place) {
        return values.get((int) (place * values.size()));
    }

    @Override
    public List<String> grid() {
        return values;
    }

    @Override
    public double placeOf(String value) {
        return values.indexOf(value) / (values.size() - 1.0);
    }

    @Override
    public List<String> labels() {
        return values;
    }
}
