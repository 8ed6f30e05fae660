package io.fewshot4j.cli;

import io.fewshot4j.cli.console.CommandRun;
import io.fewshot4j.data.download.FetchLimits;
import io.fewshot4j.data.download.FetchSource;
import java.net.URI;
import java.util.List;

/** {@code data fetch} of one archive of a test's own: its address, its MD5, and the folder that it goes to. */
public final class FetchOne {
    private FetchOne() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments[0], arguments[1], arguments[2]));
    }

    private static int run(String address, String md5, String folder) {
        FetchSource.Archive archive = new FetchSource.Archive("images.zip", md5);
        FetchSource source = new FetchSource("own", URI.create(address), List.of(archive));
        try {
            CommandRun run =
                    CommandRun.of(new DataFetchCommand(List.of(source), FetchLimits.usual()), "own", "--to", folder);
            System.out.print(run.out());
            return run.code();
        } catch (Exception e) {
            return Faults.tell(e, System.err, false);
        }
    }
}
