package io.fewshot4j.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fewshot4j.backend.CudaFacts;
import io.fewshot4j.backend.Gpu;
import io.fewshot4j.backend.Nd4jRelease;
import io.fewshot4j.cli.check.Finding.Severity;
import io.fewshot4j.cli.console.CommandRun;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {
    private static final long GIBIBYTE = 1L << 30;
    private static final Facts.Java JAVA = new Facts.Java(17, "17.0.1", "a vendor", "/java");
    private static final Facts.Processor PROCESSOR = new Facts.Processor("amd64", "a processor", 4, 0.5);
    private static final Facts.Memory MEMORY =
            new Facts.Memory(16 * GIBIBYTE, 8 * GIBIBYTE, 4 * GIBIBYTE, 4 * GIBIBYTE, 16 * GIBIBYTE);
    private static final Facts.Disk CACHE = new Facts.Disk(Path.of("cache"), 20 * GIBIBYTE);
    private static final Facts.Backend BACKEND =
            new Facts.Backend("", "CpuBackend", "1.0", List.of("HAVE_ONEDNN", "HAVE_OPENBLAS"), 1, 100);
    private static final Nd4jRelease RELEASE = new Nd4jRelease("1.0.0-M2.1");
    private static final CudaFacts NO_CUDA = new CudaFacts(false, RELEASE, List.of(), "");
    private static final Facts HEALTHY = new Facts(JAVA, PROCESSOR, MEMORY, CACHE, BACKEND, NO_CUDA);

    @TempDir
    private Path folder;

    private static Facts cuda(boolean inBuild, double capability, String failure) {
        List<Gpu> gpus = List.of(new Gpu("a GPU", "535", "16 GiB", capability));
        return new Facts(JAVA, PROCESSOR, MEMORY, CACHE, BACKEND, new CudaFacts(inBuild, RELEASE, gpus, failure));
    }

    private static Facts backend(Facts.Backend backend) {
        return new Facts(JAVA, PROCESSOR, MEMORY, CACHE, backend, NO_CUDA);
    }

    private static Facts memory(Facts.Memory memory) {
        return new Facts(JAVA, PROCESSOR, memory, CACHE, BACKEND, NO_CUDA);
    }

    private static void assertFinds(Facts facts, Severity severity, String problem, String remedy) {
        assertThat(Doctor.examine(facts)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.problem()).contains(problem);
            assertThat(finding.remedy()).contains(remedy);
        });
    }

    @Test
    void a_healthy_machine_has_no_findings() throws ParseException {
        CommandRun run = CommandRun.of(new DoctorCommand(cache -> HEALTHY));

        assertThat(Doctor.examine(HEALTHY)).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("a processor, amd64, 4 cores", "CpuBackend 1.0", "100.0 GFLOP/s", "nothing is broken");
    }

    @Test
    void an_old_java_is_broken() throws ParseException {
        Facts.Java old = new Facts.Java(11, "11.0.2", "a vendor", "/java");
        Facts facts = new Facts(old, PROCESSOR, MEMORY, CACHE, BACKEND, NO_CUDA);
        assertFinds(facts, Severity.BROKEN, "Java must be 17 or newer, got 11.0.2", "JAVA_HOME");

        CommandRun run = CommandRun.of(new DoctorCommand(cache -> facts));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("BROKEN: Java must be 17", "not healthy");
    }

    @Test
    void natives_without_onednn_are_slow_where_there_are_others() {
        Facts.Backend plain = new Facts.Backend("", "CpuBackend", "1.0", List.of("HAVE_OPENBLAS"), 1, 100);
        assertFinds(backend(plain), Severity.ADVICE, "no oneDNN", "-Dnd4j.classifier=linux-x86_64-onednn");

        Facts.Processor arm = new Facts.Processor("aarch64", "a processor", 4, 0.5);
        assertThat(Doctor.examine(new Facts(JAVA, arm, MEMORY, CACHE, plain, NO_CUDA)))
                .isEmpty();
    }

    @Test
    void several_threads_for_an_operation_are_slow() {
        Facts.Backend threads = new Facts.Backend("", "CpuBackend", "1.0", BACKEND.options(), 8, 100);
        assertFinds(backend(threads), Severity.ADVICE, "got 8", "OMP_NUM_THREADS=1");
    }

    @Test
    void a_backend_that_does_not_work_is_broken() {
        assertFinds(
                backend(Facts.Backend.failed("no jnind4jcpu")), Severity.BROKEN, "no jnind4jcpu", "-Pall-platforms");
    }

    @Test
    void too_little_memory_is_told_from_tight_memory() {
        assertFinds(
                memory(new Facts.Memory(GIBIBYTE / 2, -1, GIBIBYTE, 0, 0)),
                Severity.BROKEN,
                "the machine's memory must be at least 1024 MiB, got 512.0 MiB",
                "larger");
        assertFinds(
                memory(new Facts.Memory(4 * GIBIBYTE, GIBIBYTE * 3 / 4, GIBIBYTE, 0, 0)),
                Severity.ADVICE,
                "free memory should be at least 1024 MiB, got 768.0 MiB",
                "end other programs");
        assertFinds(
                memory(new Facts.Memory(4 * GIBIBYTE, -1, GIBIBYTE / 4, 0, 0)), Severity.ADVICE, "Java's heap", "-Xmx");
        assertFinds(
                memory(new Facts.Memory(4 * GIBIBYTE, -1, GIBIBYTE, GIBIBYTE / 8, 0)),
                Severity.BROKEN,
                "the limit of arrays",
                "maxbytes");
    }

    @Test
    void a_full_disk_is_broken() {
        Facts.Disk full = new Facts.Disk(Path.of("cache"), 1000);
        assertFinds(
                new Facts(JAVA, PROCESSOR, MEMORY, full, BACKEND, NO_CUDA),
                Severity.BROKEN,
                "free disk at cache must be at least 100 MiB",
                "--cache");
    }

    @Test
    void a_busy_machine_is_told() {
        Facts.Processor busy = new Facts.Processor("amd64", "a processor", 2, 7.25);
        assertFinds(new Facts(JAVA, busy, MEMORY, CACHE, BACKEND, NO_CUDA), Severity.ADVICE, "2, got 7.3", "wait");
    }

    @Test
    void a_cuda_build_that_cannot_run_is_broken() {
        assertFinds(cuda(true, 9, ""), Severity.BROKEN, "3.7 to 8.9 for ND4J 1.0.0-M2.1", "-Pcuda,cuda-hopper");
        assertFinds(cuda(true, 8, "libcudart.so.11.0: no such file"), Severity.BROKEN, "libcudart", "cuda-redist");
        assertThat(Doctor.examine(cuda(true, 8, ""))).isEmpty();
    }

    @Test
    void a_gpu_that_is_not_used_is_no_problem() {
        assertFinds(cuda(false, 8.6, ""), Severity.ADVICE, "a GPU (compute capability 8.6)", "build with -Pcuda");
        assertFinds(cuda(false, 9.0, ""), Severity.ADVICE, "a GPU (compute capability 9.0)", "-Pcuda,cuda-hopper");
    }

    @Test
    void broken_things_come_first() {
        Facts.Processor busy = new Facts.Processor("amd64", "a processor", 2, 7.25);
        Facts.Disk full = new Facts.Disk(Path.of("cache"), 1000);
        Facts.Backend threads = new Facts.Backend("", "CpuBackend", "1.0", List.of(), 8, 100);
        assertThat(Doctor.examine(new Facts(JAVA, busy, MEMORY, full, threads, NO_CUDA)))
                .extracting(Finding::severity)
                .containsExactly(Severity.BROKEN, Severity.ADVICE, Severity.ADVICE, Severity.ADVICE);
    }

    @Test
    void this_machine_is_looked_at() throws ParseException {
        JsonNode json = CommandRun.of(new DoctorCommand(), "--json", "--cache", folder.resolve("not/there"))
                .json();

        JsonNode facts = json.get("facts");
        assertThat(facts.get("java").get("feature").asInt()).isGreaterThanOrEqualTo(17);
        assertThat(facts.get("backend").get("failure").asText()).isEmpty();
        assertThat(facts.get("backend").get("version").asText()).startsWith("1.0.0");
        assertThat(facts.get("backend").get("gflops").asDouble()).isPositive();
        assertThat(facts.get("memory").get("heap").asLong())
                .isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(facts.get("cache").get("free").asLong()).isPositive();
        assertThat(json.get("oneDnn").isBoolean()).isTrue();
    }
}
