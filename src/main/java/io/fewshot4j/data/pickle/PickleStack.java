package io.fewshot4j.data.pickle;

import io.fewshot4j.data.pickle.PickleValue.Items;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Objects that a pickle has built so far: the stack with its marks, and what was set aside by number. */
final class PickleStack {
    private static final int MOST_MARKS = 1000;

    private final PickleInput input;
    private final ArrayList<PickleValue> values = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();

    PickleStack(PickleInput input) {
        this.input = input;
    }

    void push(PickleValue value) {
        values.add(value);
    }

    PickleValue pop() {
        PickleValue top = peek();
        values.remove(values.size() - 1);
        return top;
    }

    PickleValue peek() {
        int floor = marks.isEmpty() ? 0 : marks.peek();
        if (values.size() <= floor) {
            throw input.fault("is damaged: it takes a value where there is none");
        }
        return values.get(values.size() - 1);
    }

    /** The value on top, of a kind. */
    <T extends PickleValue> T peek(Class<T> kind) {
        PickleValue top = peek();
        if (!kind.isInstance(top)) {
            throw input.fault("is damaged: there is a " + top.getClass().getSimpleName() + " in place of a "
                    + kind.getSimpleName());
        }
        return kind.cast(top);
    }

    <T extends PickleValue> T pop(Class<T> kind) {
        T top = peek(kind);
        values.remove(values.size() - 1);
        return top;
    }

    void mark() {
        if (marks.size() == MOST_MARKS) {
            throw input.fault("is nested too deeply: at most " + MOST_MARKS + " levels can be read");
        }
        marks.push(values.size());
    }

    /** Everything above the last mark, which goes too. */
    List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw input.fault("is damaged: it ends a list that was not begun");
        }
        List<PickleValue> above = values.subList(marks.pop(), values.size());
        List<PickleValue> taken = new ArrayList<>(above);
        above.clear();
        return taken;
    }

    /** A tuple of the topmost values. */
    void tuple(int count) {
        List<PickleValue> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(0, pop());
        }
        push(new Items(taken));
    }

    void remember(long number) {
        memo.put(number, peek());
    }

    /** Under the next number that is free. */
    void remember() {
        remember(memo.size());
    }

    void recall(long number) {
        PickleValue value = memo.get(number);
        if (value == null) {
            throw input.fault("is damaged: it uses value " + number + ", which it never set aside");
        }
        push(value);
    }
}
