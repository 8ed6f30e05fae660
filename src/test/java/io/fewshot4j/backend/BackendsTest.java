package io.fewshot4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

final class BackendsTest {
    private static final Nd4jRelease NEWEST = new Nd4jRelease("1.0.0-M2.1");
    private static final Nd4jRelease WITH_PTX = new Nd4jRelease("1.0.0-M1.1");

    private static CudaFacts facts(Nd4jRelease release, double capability, String failure) {
        return new CudaFacts(true, release, List.of(new Gpu("a GPU", "535", "80 GiB", capability)), failure);
    }

    @Test
    void cuda_is_taken_where_it_can_run() {
        CudaFacts facts = facts(NEWEST, 8.6, "");

        assertThat(Backends.choose(Optional.empty(), () -> facts)).isEqualTo(new Backends.Choice(Device.CUDA, ""));
        assertThat(Backends.choose(Optional.of(Device.CUDA), () -> facts).device())
                .isEqualTo(Device.CUDA);
    }

    @Test
    void the_processor_is_taken_unasked_where_cuda_cannot_run_and_the_reason_is_told() {
        Backends.Choice choice = Backends.choose(Optional.empty(), () -> facts(NEWEST, 9, ""));

        assertThat(choice.device()).isEqualTo(Device.CPU);
        assertThat(choice.reason()).contains("compute capability of 3.7 to 8.9", "got a GPU (compute capability 9.0)");
    }

    @Test
    void a_build_without_cuda_needs_no_reason_for_the_processor() {
        CudaFacts facts = new CudaFacts(false, NEWEST, List.of(), "");

        assertThat(Backends.choose(Optional.empty(), () -> facts)).isEqualTo(new Backends.Choice(Device.CPU, ""));
    }

    @Test
    void nobody_asks_for_gpus_where_the_processor_is_wanted() {
        Backends.Choice choice = Backends.choose(Optional.of(Device.CPU), () -> {
            throw new AssertionError();
        });

        assertThat(choice).isEqualTo(new Backends.Choice(Device.CPU, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "libcuda.so.1: cannot open shared object file | there must be an NVIDIA driver | install the driver",
                "No CUDA devices were found in system | there must be an NVIDIA GPU | nvidia-smi",
                "no CUDA-capable device is detected | there must be an NVIDIA GPU | CUDA_VISIBLE_DEVICES",
                "libcudart.so.11.0: cannot open | the CUDA libraries that ND4J 1.0.0-M2.1 was made for | cuda-redist",
                "libcublas.so.11: cannot open | (libcublas.so.11: cannot open) | install CUDA 11.6",
                "initialization error | CUDA does not start: initialization error | fewshot4j doctor"
            })
    void cuda_that_was_asked_for_and_cannot_run_is_an_error_with_its_cause(
            String failure, String problem, String remedy) {
        assertThatThrownBy(() -> Backends.choose(Optional.of(Device.CUDA), () -> facts(NEWEST, 8, failure)))
                .isInstanceOf(FewShotException.class)
                .hasMessageStartingWith("cannot compute with CUDA: ")
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy);
    }

    @Test
    void a_build_without_cuda_says_so() {
        CudaFacts facts = new CudaFacts(false, NEWEST, List.of(), "");

        assertThatThrownBy(() -> Backends.choose(Optional.of(Device.CUDA), () -> facts))
                .hasMessage(
                        "cannot compute with CUDA: this build computes on the processor only; build with -Pcuda; see"
                                + " docs/gpu.md");
    }

    @ParameterizedTest
    @CsvSource({
        "3.5, false, false",
        "3.7, true, true",
        "8.9, true, true",
        "9.0, false, true",
        "12, false, true",
        "0, true, true"
    })
    void each_release_runs_on_its_own_gpus(double capability, boolean newest, boolean withPtx) {
        assertThat(facts(NEWEST, capability, "").obstacle().isEmpty()).isEqualTo(newest);
        assertThat(facts(WITH_PTX, capability, "").obstacle().isEmpty()).isEqualTo(withPtx);
    }

    @Test
    void this_build_starts_on_the_processor_and_not_elsewhere() {
        Backends.start(Device.CPU);

        assertThat(Nd4j.getBackend().getClass().getSimpleName()).isEqualTo("CpuBackend");
        assertThat(CudaProbe.facts().release()).isEqualTo(Nd4jRelease.present());
        assertThatThrownBy(() -> Backends.start(Device.CUDA)).hasMessageContaining("ND4J must start on");
    }
}
