package io.fewshot4j.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process that makes tries one after another, and may come to harm in them: it reads their numbers and answers with
 * verdicts.
 */
final class Worker {
    static final String MARK = "verdict ";

    private Worker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Rota rota = Rota.ofAll(Long.parseLong(arguments[0]));
        Path folder = Path.of(arguments[1]);
        Faults faults = Faults.ofFiles(new Base(folder.resolve("base")), new InProcess());
        BufferedReader numbers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String number = numbers.readLine(); number != null; number = numbers.readLine()) {
            Verdict verdict = faults.attempt(rota.of(Integer.parseInt(number)), folder);
            System.out.println(MARK + new ObjectMapper().writeValueAsString(verdict));
        }
        System.exit(0); // whatever threads there are
    }
}
