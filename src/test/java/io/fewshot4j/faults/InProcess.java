package io.fewshot4j.faults;

import io.fewshot4j.cli.CommandLines;
import java.util.List;

/** The program's entry in this process. */
final class InProcess implements Program {
    @Override
    public Ran run(List<?> words) {
        CommandLines.Outcome outcome = CommandLines.run(words);
        return new Ran(outcome.exit(), outcome.out(), outcome.err());
    }
}
