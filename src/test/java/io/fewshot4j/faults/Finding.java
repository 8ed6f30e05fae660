package io.fewshot4j.faults;

/** Outcome of a try. */
enum Finding {
    SAME_RESULT("same result", false),
    REFUSED("one clear line", false),
    TOLD("other result, told", false),
    OTHER_INPUT("read as it is", false),
    SKIPPED("skipped", false),
    SILENT_DIFFERENCE("SILENT DIFFERENCE", true),
    JVM_CRASH("JVM CRASH", true),
    STACK_TRACE("STACK TRACE", true),
    LOST_FILE("LOST FILE", true),
    HANG("HANG", true),
    FALSE_CAUSE("FALSE CAUSE", true);

    private final String title;
    private final boolean bad;

    Finding(String title, boolean bad) {
        this.title = title;
        this.bad = bad;
    }

    String title() {
        return title;
    }

    boolean isBad() {
        return bad;
    }
}
