package io.fewshot4j.cli.check;

import io.fewshot4j.backend.Gpu;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.DataFlags;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.report.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Looks at the machine and the build, and says what to do about each problem. */
public final class DoctorCommand implements Command {
    private final Function<Path, Facts> probe;

    public DoctorCommand() {
        this(FactsProbe::gather);
    }

    /** A command with facts from elsewhere; they are asked for the cache folder. */
    DoctorCommand(Function<Path, Facts> probe) {
        this.probe = probe;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "look at Java, the backend, threads, memory, disk and GPU, and say what to do about each problem";
    }

    @Override
    public String usage() {
        return "[--cache DIR]";
    }

    @Override
    public Options options() {
        return new Options().addOption(DataFlags.CACHE);
    }

    @Override
    public boolean computes() {
        return false;
    }

    @Override
    public List<String> examples() {
        return List.of("fewshot4j doctor", "fewshot4j doctor --json");
    }

    /**
     * Findings on the machine.
     *
     * @param healthy whether nothing is broken; there may be advice
     */
    record Result(boolean healthy, List<Finding> findings, boolean oneDnn, Facts facts) {
        static Result of(Facts facts) {
            List<Finding> findings = Doctor.examine(facts);
            boolean healthy = findings.stream().noneMatch(f -> f.severity() == Finding.Severity.BROKEN);
            return new Result(healthy, findings, facts.backend().oneDnn(), facts);
        }

        String text() {
            StringBuilder text = new StringBuilder(table().toString());
            for (Finding finding : findings) {
                text.append('\n')
                        .append(finding.severity() == Finding.Severity.BROKEN ? "BROKEN: " : "advice: ")
                        .append(finding.problem())
                        .append("; ")
                        .append(finding.remedy());
            }
            return text.append(healthy ? "\nnothing is broken" : "\nnot healthy")
                    .toString();
        }

        private TextTable table() {
            Facts.Processor cpu = facts.processor();
            Facts.Memory memory = facts.memory();
            Facts.Backend backend = facts.backend();
            TextTable table = new TextTable(2)
                    .row("Java", facts.java().version() + ", " + facts.java().vendor())
                    .row("Java's folder", facts.java().home())
                    .row("processor", cpu.model() + ", " + cpu.architecture() + ", " + cpu.cores() + " cores")
                    .row("load", cpu.load() < 0 ? "unknown" : decimal(cpu.load()))
                    .row("memory", bytes(memory.physical()) + ", " + bytes(memory.available()) + " available")
                    .row("heap limit", bytes(memory.heap()))
                    .row("arrays' limit", limit(memory.offHeap()) + ", whole process " + limit(memory.process()))
                    .row(
                            "cache folder",
                            facts.cache().folder() + ", " + bytes(facts.cache().free()) + " free")
                    .row("backend", backend.failure().isEmpty() ? backend.name() + " " + backend.version() : "none")
                    .row("oneDNN", oneDnn ? "yes" : "no")
                    .row("OpenMP threads", Integer.toString(backend.threads()))
                    .row("matrix product", decimal(backend.gflops()) + " GFLOP/s on all cores");
            if (facts.cuda().gpus().isEmpty()) {
                table.row("GPU", "none");
            }
            for (Gpu gpu : facts.cuda().gpus()) {
                String capability = gpu.computeCapability() > 0 ? decimal(gpu.computeCapability()) : "unknown";
                table.row(
                        "GPU",
                        gpu.name() + ", compute capability " + capability + ", driver " + gpu.driver() + ", "
                                + gpu.memory());
            }
            return table;
        }

        private static String decimal(double value) {
            return String.format(Locale.ROOT, "%.1f", value);
        }

        private static String bytes(long bytes) {
            return bytes < 0 ? "unknown" : Numbers.bytes(bytes);
        }

        private static String limit(long bytes) {
            return bytes <= 0 ? "none" : Numbers.bytes(bytes);
        }
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Flags.arguments(flags, 0);
        Result result = Result.of(probe.apply(DataFlags.cacheFolder(flags)));
        console.result(result, result.text());
        return result.healthy() ? 0 : 1;
    }
}
