package io.fewshot4j.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Demands on a command whose input was damaged.
 *
 * @param expected the result of the same command on what is not damaged
 * @param notes what the command said then
 * @param causes one of these must be in the message of a refusal; none where the cause cannot be known
 * @param anyResult whether the damage may be another input in good form, which nobody can tell
 */
record Judge(String expected, List<String> notes, List<String> causes, boolean anyResult) {
    private static final String OTHER_CAUSES = ".*(free space|mend .*rights|permission|memory ran out|No space).*";
    private static final int SIGNALS = 128;
    private static final int SHOWN = 600;

    Judge {
        notes = List.copyOf(notes);
        causes = List.copyOf(causes);
    }

    /** Judge of work that has one result, and whose refusal may name any cause. */
    static Judge of(String expected) {
        return new Judge(expected, List.of(), List.of(), false);
    }

    /** Judges a try whose result is {@code found}. */
    Verdict judge(String what, Ran ran, String found) {
        Optional<Finding> broken = broken(ran);
        if (broken.isPresent()) {
            return new Verdict(broken.get(), what, shortened(ran.err()));
        }
        if (ran.exit() != 0) {
            return refused(what, ran);
        }
        if (found.equals(expected)) {
            return new Verdict(Finding.SAME_RESULT, what, "");
        }
        boolean told = ran.notes().stream().anyMatch(line -> !notes.contains(line));
        Finding other = anyResult ? Finding.OTHER_INPUT : told ? Finding.TOLD : Finding.SILENT_DIFFERENCE;
        return new Verdict(other, what, difference(expected, found) + (told ? " | " + shortened(ran.err()) : ""));
    }

    /** Judges a try that the program must get over: nothing is wrong with what it is given. */
    Verdict mustWork(String what, Ran ran, String found) {
        Verdict verdict = judge(what, ran, found);
        return verdict.finding() == Finding.REFUSED || verdict.finding() == Finding.FALSE_CAUSE
                ? new Verdict(Finding.LOST_FILE, what, "refused: " + verdict.detail())
                : verdict;
    }

    /** Judges a try that cannot come to its end, because there is no space for its result. */
    static Verdict fullDisk(String what, Ran ran) {
        Optional<Finding> broken = broken(ran);
        List<String> lines = ran.complaints();
        boolean clear = !lines.isEmpty()
                && lines.stream().allMatch(line -> line.matches("(?i).*(space|too large|standard output).*"));
        Finding refused = clear ? Finding.REFUSED : Finding.FALSE_CAUSE;
        Finding finding = broken.orElse(ran.exit() == 0 ? Finding.SILENT_DIFFERENCE : refused);
        return new Verdict(finding, what, shortened(ran.err()));
    }

    /** Finds what must never happen, whatever the input is. */
    static Optional<Finding> broken(Ran ran) {
        if (ran.exit() == Ran.HUNG) {
            return Optional.of(Finding.HANG);
        }
        if (ran.exit() > SIGNALS) {
            return Optional.of(Finding.JVM_CRASH);
        }
        boolean trace = ran.err().contains("\n\tat ")
                || ran.err().contains("a fault of the program")
                || ran.err().contains("Exception in thread");
        return trace ? Optional.of(Finding.STACK_TRACE) : Optional.empty();
    }

    private Verdict refused(String what, Ran ran) {
        List<String> lines = ran.complaints();
        boolean clear = lines.size() == 1
                && !lines.get(0).matches(OTHER_CAUSES)
                && (causes.isEmpty() || causes.stream().anyMatch(lines.get(0)::contains));
        return new Verdict(clear ? Finding.REFUSED : Finding.FALSE_CAUSE, what, shortened(String.join(" / ", lines)));
    }

    /** Finds what is no longer as it was, but for some paths. */
    static Optional<Verdict> lost(
            String what, Map<String, String> before, Map<String, String> after, List<String> but) {
        Map<String, String> lost = new TreeMap<>(before);
        lost.keySet().removeAll(but);
        lost.entrySet().removeIf(file -> file.getValue().equals(after.get(file.getKey())));
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict(Finding.LOST_FILE, what, lost.keySet().toString()));
    }

    private static String difference(String expected, String found) {
        int at = 0;
        int most = Math.min(expected.length(), found.length());
        while (at < most && expected.charAt(at) == found.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - 60);
        return "expected …" + part(expected, from) + "… got …" + part(found, from) + "…";
    }

    private static String part(String text, int from) {
        return text.substring(Math.min(from, text.length()), Math.min(from + 160, text.length()))
                .replaceAll("\\s+", " ");
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(line.length() - SHOWN);
    }
}
