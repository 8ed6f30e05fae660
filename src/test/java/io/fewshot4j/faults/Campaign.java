package io.fewshot4j.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many tries of all kinds, two at a time, each in a process that it may harm. {@code scripts/fault-campaign} starts it.
 */
final class Campaign {
    private static final int LANES = 2;
    private static final int TOLD_EVERY = 50;

    private final Plan plan;
    private final Rota rota;
    private final Tally tally;
    private final AtomicInteger next = new AtomicInteger();
    private final long start = System.nanoTime();

    /**
     * Wishes for a campaign.
     *
     * @param program the script that starts the program
     * @param folder for all that is made
     */
    record Plan(long seed, int tries, Duration limit, Path program, Path folder, Path json) {}

    private Campaign(Plan plan) {
        this.plan = plan;
        this.rota = Rota.ofAll(plan.seed());
        this.tally = new Tally(rota.shares().keySet());
    }

    /** Arguments: seed, tries, minutes, the program, a folder, a file for JSON, and numbers of tries to make alone. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Plan plan = new Plan(
                Long.parseLong(arguments[0]),
                Integer.parseInt(arguments[1]),
                Duration.ofMinutes(Long.parseLong(arguments[2])),
                Path.of(arguments[3]).toAbsolutePath(),
                Path.of(arguments[4]).toAbsolutePath(),
                Path.of(arguments[5]));
        List<Integer> numbers = arguments.length > 6
                ? List.of(arguments).subList(6, arguments.length).stream()
                        .map(Integer::valueOf)
                        .toList()
                : IntStream.range(0, plan.tries()).boxed().toList();
        System.exit(new Campaign(plan).run(numbers) ? 0 : 1);
    }

    private boolean run(List<Integer> numbers) throws IOException, InterruptedException {
        Base base = new Base(plan.folder().resolve("base"));
        base.prepare(new InProcess());
        base.prepareMany();
        Launcher launcher = new Launcher(plan.program(), plan.folder().resolve("logs"));
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try (DownloadServer server = new DownloadServer()) {
            Faults processes =
                    Faults.ofProcesses(base, launcher, server, plan.folder().resolve("undisturbed"));
            List<CompletableFuture<Void>> lanes = IntStream.range(0, LANES)
                    .mapToObj(lane -> CompletableFuture.runAsync(() -> lane(numbers, processes), threads))
                    .toList();
            lanes.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
        report(numbers.size());
        return tally.bad().isEmpty() && tally.tries() > 0;
    }

    private void lane(List<Integer> numbers, Faults processes) {
        try (WorkerProcess worker = new WorkerProcess(plan.seed(), plan.folder())) {
            for (int at = next.getAndIncrement();
                    at < numbers.size() && seconds() < plan.limit().toSeconds();
                    at = next.getAndIncrement()) {
                Rota.Try one = rota.of(numbers.get(at));
                boolean own = processes.kinds().containsKey(one.kind());
                Verdict verdict = own ? processes.attempt(one, plan.folder()) : worker.attempt(one);
                tally.add(one, verdict);
                tell(one, verdict, numbers.size());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Rota.Try one, Verdict verdict, int all) {
        if (verdict.finding().isBad()) {
            System.err.println(verdict.finding().title() + " in try " + one.number() + ": " + verdict.what() + ": "
                    + verdict.detail());
        }
        if (tally.tries() % TOLD_EVERY == 0) {
            System.err.println(tally.tries() + " of " + all + " tries after " + seconds() + " s, "
                    + tally.bad().size() + " bad");
        }
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - start).toSeconds();
    }

    private void report(int wanted) throws IOException {
        System.out.println(tally.table());
        System.out.println(tally.tries() + " of " + wanted + " tries with seed " + plan.seed() + " in " + seconds()
                + " s: " + tally.bad().size() + " bad");
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("seed", plan.seed());
        report.put("wanted", wanted);
        report.put("tries", tally.tries());
        report.put("seconds", seconds());
        report.put("counts", tally.counts());
        report.put("bad", tally.bad());
        Files.writeString(
                plan.json(), new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }
}
