package io.fewshot4j.cli.check;

import io.fewshot4j.backend.CudaFacts;
import io.fewshot4j.backend.Gpu;
import io.fewshot4j.cli.check.Finding.Severity;
import io.fewshot4j.report.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says what is wrong with a machine or a build, and what to do about it. */
final class Doctor {
    private static final int OLDEST_JAVA = 17;
    private static final long MEBIBYTE = 1L << 20;

    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(Facts facts) {
        this.facts = facts;
    }

    /** The findings, broken things first. */
    static List<Finding> examine(Facts facts) {
        Doctor doctor = new Doctor(facts);
        doctor.java();
        doctor.backend();
        doctor.threads();
        doctor.memory();
        doctor.disk();
        doctor.load();
        doctor.gpus();
        return doctor.findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    private void java() {
        if (facts.java().feature() < OLDEST_JAVA) {
            broken(
                    "Java must be " + OLDEST_JAVA + " or newer, got "
                            + facts.java().version(),
                    "install a newer one and set JAVA_HOME to it");
        }
    }

    private void backend() {
        Facts.Backend backend = facts.backend();
        if (!backend.failure().isEmpty()) {
            broken(
                    "ND4J's backend does not work: " + backend.failure(),
                    "build on this kind of machine, or with -Pall-platforms");
        } else if (!backend.cuda() && !backend.oneDnn() && isX86()) {
            advice(
                    "the native library has no oneDNN: convolutions are five times slower",
                    "build with -Dnd4j.classifier=linux-x86_64-onednn (or that of your system), the default here");
        }
    }

    private boolean isX86() {
        return List.of("amd64", "x86_64").contains(facts.processor().architecture());
    }

    private void threads() {
        int threads = facts.backend().threads();
        if (facts.backend().failure().isEmpty() && threads != 1) {
            advice(
                    "OpenMP should use 1 thread for an operation, because tasks run side by side, got " + threads,
                    "start with bin/fewshot4j, or set OMP_NUM_THREADS=1");
        }
    }

    private void memory() {
        Facts.Memory memory = facts.memory();
        needs("the machine's memory", memory.physical(), 1024, 2048, "use a larger machine or container");
        needs("free memory", memory.available(), 512, 1024, "end other programs, or train with fewer --set threads");
        needs("Java's heap", memory.heap(), 128, 512, "give it more with FEWSHOT4J_OPTS=-Xmx2g");
        if (memory.offHeap() > 0) {
            needs(
                    "the limit of arrays",
                    memory.offHeap(),
                    256,
                    1024,
                    "raise it with FEWSHOT4J_OPTS=-Dorg.bytedeco.javacpp.maxbytes=4g");
        }
    }

    private void disk() {
        needs(
                "free disk at " + facts.cache().folder(),
                facts.cache().free(),
                100,
                1024,
                "free space there, or choose another folder with --cache");
    }

    /** Two thresholds in MiB: below the first it is broken, below the second it may not do. */
    private void needs(String what, long found, long least, long comfortable, String remedy) {
        if (found >= 0 && found < comfortable * MEBIBYTE) {
            boolean broken = found < least * MEBIBYTE;
            String rule = broken ? " must be at least " + least : " should be at least " + comfortable;
            findings.add(new Finding(
                    broken ? Severity.BROKEN : Severity.ADVICE,
                    what + rule + " MiB, got " + Numbers.bytes(found),
                    remedy));
        }
    }

    private void load() {
        Facts.Processor processor = facts.processor();
        if (processor.load() > processor.cores()) {
            advice(
                    String.format(
                            Locale.ROOT,
                            "the load should be at most the number of cores, %d, got %.1f: others are at work here",
                            processor.cores(),
                            processor.load()),
                    "wait for them before you measure times");
        }
    }

    private void gpus() {
        CudaFacts cuda = facts.cuda();
        if (cuda.inBuild()) {
            cuda.obstacle().ifPresent(obstacle -> broken(obstacle.problem(), obstacle.remedy()));
        } else {
            for (Gpu gpu : cuda.gpus()) {
                advice(
                        "there is a GPU, but this build uses the processor: " + gpu.inWords(),
                        cuda.release().runsOn(gpu) ? "build with -Pcuda" : "build with -Pcuda,cuda-hopper");
            }
        }
    }

    private void broken(String problem, String remedy) {
        findings.add(new Finding(Severity.BROKEN, problem, remedy));
    }

    private void advice(String problem, String remedy) {
        findings.add(new Finding(Severity.ADVICE, problem, remedy));
    }
}
