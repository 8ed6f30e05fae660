package io.fewshot4j.cli.check;

import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.Command;
import io.fewshot4j.cli.console.Console;
import io.fewshot4j.cli.console.Flags;
import io.fewshot4j.cli.console.TextTable;
import io.fewshot4j.graph.Lookup;
import io.fewshot4j.learner.reference.ReferenceEpisode;
import io.fewshot4j.tensor.Npz;
import io.fewshot4j.tensor.Transfer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * MAML episodes from case files: one to a result file that other implementations can be compared with, or a folder of
 * them against their expected results.
 */
public final class VerifyCommand implements Command {
    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String summary() {
        return "compute MAML episodes from case files, to compare with another implementation";
    }

    @Override
    public String usage() {
        return "CASE.npz --out RESULT.npz [--precision double]\n"
                + "  fewshot4j verify FOLDER [--precision double] [--tolerance 1e-9]";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Flags.value(
                        "out", "RESULT.npz", "where losses, logits, adapted weights and gradients are written"))
                .addOption(Flags.value("precision", "double|float", "in which it computes (double)"))
                .addOption(Flags.value(
                        "tolerance",
                        "X",
                        "for a folder of cases NAME.npz and NAME.expected.npz: the largest difference allowed, of gradients"
                                + " relative to the largest one (1e-9, in float 1e-3)"));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "fewshot4j verify case.npz --out result.npz", "fewshot4j verify cases --precision float --device cuda");
    }

    /** Part of the result that is shown; the rest is in the result file. */
    record Result(
            Path caseFile,
            Path out,
            double metaLoss,
            double queryAccuracy,
            double preQueryLoss,
            double preQueryAccuracy,
            List<Double> supportLosses) {
        static Result of(Path caseFile, Path out, Map<String, INDArray> results) {
            return new Result(
                    caseFile,
                    out,
                    scalar(results, "meta_loss"),
                    scalar(results, "query_accuracy"),
                    scalar(results, "pre_query_loss"),
                    scalar(results, "pre_query_accuracy"),
                    values(results, "support_losses"));
        }

        private static double scalar(Map<String, INDArray> results, String name) {
            return values(results, name).get(0);
        }

        private static List<Double> values(Map<String, INDArray> results, String name) {
            return Arrays.stream(Transfer.read(Lookup.in(results, name)))
                    .boxed()
                    .toList();
        }

        String text() {
            TextTable table = new TextTable(1)
                    .row("meta loss", Double.toString(metaLoss))
                    .row("query accuracy", Double.toString(queryAccuracy))
                    .row("query loss before adaptation", Double.toString(preQueryLoss))
                    .row("query accuracy before adaptation", Double.toString(preQueryAccuracy));
            for (int step = 0; step < supportLosses.size(); step++) {
                table.row(
                        "support loss before step " + (step + 1),
                        supportLosses.get(step).toString());
            }
            return table + "\nwrote " + out;
        }
    }

    @Override
    public int run(CommandLine flags, Console console) throws ParseException {
        Path path = Path.of(Flags.argument(flags, "case file or folder"));
        DataType type =
                Flags.word(flags, "precision", List.of("double", "float")).equals("float")
                        ? DataType.FLOAT
                        : DataType.DOUBLE;
        if (Files.isDirectory(path)) {
            double tolerance = Flags.positive(flags, "tolerance", type == DataType.FLOAT ? 1e-3 : 1e-9);
            ReferenceCases cases = ReferenceCases.compare(path, type, tolerance, console);
            console.result(cases, cases.text());
            return cases.ok() ? 0 : 1;
        }
        Path out = Path.of(Flags.required(flags, "out"));
        Map<String, INDArray> episode = Npz.read(path);
        console.compute();
        Map<String, INDArray> results = compute(path, episode, type);
        Npz.write(out, results);
        Result result = Result.of(path, out, results);
        console.result(result, result.text());
        episode.values().forEach(INDArray::close);
        results.values().forEach(INDArray::close);
        return 0;
    }

    /** The results of a case that was read from a file. */
    static Map<String, INDArray> compute(Path file, Map<String, INDArray> episode, DataType type) {
        try {
            return ReferenceEpisode.compute(episode, type);
        } catch (FewShotException e) {
            throw new FewShotException(file + ": " + e.getMessage() + "; mend the case", e);
        }
    }
}
