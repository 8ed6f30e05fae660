package io.fewshot4j.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A value that is found out when it is first asked for. */
final class Once<T> {
    private final List<T> known = new ArrayList<>(1);

    /** Finds it out. */
    @FunctionalInterface
    interface Question<T> {
        T answer() throws IOException;
    }

    T of(Question<T> question) throws IOException {
        if (known.isEmpty()) {
            known.add(question.answer());
        }
        return known.get(0);
    }
}
