package io.fewshot4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.ChildProcess;
import io.fewshot4j.FewShotException;
import io.fewshot4j.checkpoint.Checkpoint;
import io.fewshot4j.checkpoint.HeldRun;
import io.fewshot4j.checkpoint.HistoryFile;
import io.fewshot4j.checkpoint.HistoryRow;
import io.fewshot4j.checkpoint.RunFolder;
import io.fewshot4j.episode.Episode;
import io.fewshot4j.episode.EpisodeRotation;
import io.fewshot4j.episode.EpisodeSampler;
import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.BatchStatistics;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.Support;
import io.fewshot4j.tensor.LiveArrays;
import io.fewshot4j.training.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class TrainerTest {
    @TempDir
    private Path folder;

    @AfterEach
    void no_learner_stays_open() {
        assertThat(LinearLearner.OPEN.getAndSet(0)).isZero();
    }

    @Test
    void any_number_of_threads_gives_the_same_bits() throws IOException {
        RunFolder one = run("one");
        RunFolder two = run("two");
        Runs.train(Runs.plan(20, 1), one);
        Runs.train(Runs.plan(20, 2), two);
        RunFolder all = run("all");
        Runs.train(Runs.plan(20, 0), all);

        assertSame(one, two, 20);
        assertSame(one, all, 20);
    }

    @Test
    void a_run_that_was_stopped_and_resumed_equals_one_that_was_not() throws IOException {
        RunFolder straight = run("straight");
        RunFolder stopped = run("stopped");
        Runs.train(Runs.plan(34, 2), straight);

        assertThat(trainUntil(17, stopped)).isEqualTo(new TrainingEvent.Stopped(17, Reason.INTERRUPTED));
        assertThat(Runs.train(Runs.plan(34, 2), stopped)).isEqualTo(new TrainingEvent.Stopped(34, Reason.FINISHED));

        assertSame(straight, stopped, 34);
    }

    @Test
    void a_run_that_was_killed_and_resumed_equals_one_that_was_not() throws IOException, InterruptedException {
        RunFolder straight = run("straight");
        Runs.train(Runs.plan(40, 1), straight);
        Path killed = folder.resolve("killed");
        try (ChildProcess program = ChildProcess.start(InterruptedTraining.class, killed)) {
            program.await("iteration 27");
            program.kill();
        }
        assertThat(RunFolder.open(killed).checkpoints().iterations())
                .endsWith(20L)
                .doesNotContain(40L);

        Runs.train(Runs.plan(40, 1), RunFolder.open(killed));

        assertSame(straight, RunFolder.open(killed), 40);
    }

    @Test
    void events_tell_the_run_in_order() {
        List<TrainingEvent> events = new ArrayList<>();
        RunFolder run = run("run");
        Runs.train(Runs.plan(10, 1), run, events::add, new StopSignal());

        assertThat(events.get(0)).isEqualTo(new TrainingEvent.Started(0, 10, 6));
        assertThat(events.get(1))
                .isEqualTo(new TrainingEvent.Saved(0, run.checkpoints().folder(0)));
        assertThat(events).filteredOn(e -> e instanceof TrainingEvent.Updated).hasSize(10);
        assertThat(events)
                .filteredOn(e -> e instanceof TrainingEvent.Validated)
                .extracting(TrainingEvent::iteration)
                .containsExactly(5L, 10L);
        assertThat(events.get(events.size() - 1)).isEqualTo(new TrainingEvent.Stopped(10, Reason.FINISHED));
    }

    @Test
    void the_last_model_is_validated_too() {
        RunFolder run = run("run");

        Runs.train(Runs.plan(7, 1), run);

        assertThat(HistoryFile.read(run.history()))
                .filteredOn(row -> row.validation().isPresent())
                .extracting(HistoryRow::iteration)
                .containsExactly(5L, 7L);
    }

    @Test
    void the_history_holds_losses_rates_and_validations() {
        RunFolder run = run("run");
        List<TrainingEvent.Updated> updates = new ArrayList<>();
        Runs.train(
                Runs.plan(10, 1),
                run,
                event -> {
                    if (event instanceof TrainingEvent.Updated updated) {
                        updates.add(updated);
                    }
                },
                new StopSignal());

        List<HistoryRow> rows = HistoryFile.read(run.history());
        assertThat(rows).extracting(HistoryRow::iteration).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(rows)
                .extracting(HistoryRow::loss)
                .isEqualTo(updates.stream().map(TrainingEvent.Updated::loss).toList());
        assertThat(rows.get(0).learningRate()).isEqualTo(0.01);
        assertThat(rows).filteredOn(row -> row.validation().isPresent()).hasSize(2);
    }

    @Test
    void a_finished_run_has_nothing_left_to_do() {
        RunFolder run = run("run");
        Runs.train(Runs.plan(10, 1), run);
        List<TrainingEvent> events = new ArrayList<>();

        Runs.train(Runs.plan(10, 1), run, events::add, new StopSignal());

        assertThat(events)
                .containsExactly(new TrainingEvent.Started(10, 10, 6), new TrainingEvent.Stopped(10, Reason.FINISHED));
    }

    @Test
    void running_statistics_follow_those_seen() {
        TrainingPlan<Episode, Learner> plan = Runs.plan(1, 1);
        try (Model model = Runs.model();
                HeldRun run = run("run").hold();
                Workers<Learner> workers = new Workers<>(LinearLearner::new, model, 1);
                MetaGradient seen = GradientSum.mean(
                        workers, LongStream.range(0, 6).mapToObj(plan.tasks()).toList(), 2, 0)) {
            model.statistics().flat().assign(5);
            new Trainer<>(plan, event -> {}, new StopSignal()).train(model, run);

            float expected = 5 * 0.9f + seen.statistics().flat().getFloat(0) * 0.1f;
            assertThat(model.statistics().flat().getFloat(0)).isEqualTo(expected);
        }
    }

    @Test
    void training_stops_when_validation_no_longer_improves() {
        TrainingPlan<Episode, Learner> plan = Runs.plan(Runs.settings(100, 1, 2), model -> new Faked(model) {
            @Override
            public Adapted adapt(Support support) {
                return new LinearLearner(Runs.model()).adapt(support); // as if never trained
            }
        });
        RunFolder run = run("run");
        TrainingEvent.Stopped stopped = Runs.train(plan, run);
        LinearLearner.OPEN.set(0);

        assertThat(stopped).isEqualTo(new TrainingEvent.Stopped(15, Reason.NO_IMPROVEMENT));
        assertThat(run.checkpoints().iterations()).containsExactly(5L, 10L, 15L);
        try (Checkpoint best = run.checkpoints().best().orElseThrow()) {
            assertThat(best.manifest().progress().iteration()).isEqualTo(5);
        }
        assertThat(Runs.train(plan, run)).isEqualTo(stopped);
    }

    @Test
    void a_loss_that_is_not_finite_stops_training() {
        RunFolder run = run("run");
        TrainingPlan<Episode, Learner> plan =
                broken(g -> new MetaGradient(g.tasks(), Double.NaN, 0, g.gradient(), g.statistics()));

        assertThatThrownBy(() -> Runs.train(plan, run))
                .isInstanceOf(FewShotException.class)
                .hasMessage(
                        "training must stay finite, but at iteration 12 the loss or its gradient is not (inner-learning-rate 0.4;"
                                + " scheduled meta-learning rate " + Runs.COSINE.learningRate(11, 20)
                                + "); lower the learning rates or set clip; the last good checkpoint is "
                                + run.checkpoints().folder(10));
        assertThat(HistoryFile.read(run.history())).hasSize(11);
    }

    @Test
    void a_model_that_is_not_finite_is_never_saved() {
        RunFolder run = run("run");
        TrainingPlan<Episode, Learner> plan = broken(g -> {
            g.statistics().flat().assign(Float.NaN);
            return g;
        });

        assertThatThrownBy(() -> Runs.train(plan, run))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("after iteration 12 the model or its optimiser holds a NaN or infinite number")
                .hasMessageEndingWith(
                        "the last good checkpoint is " + run.checkpoints().folder(10));
    }

    /** A plan of 20 iterations whose twelfth goes wrong. */
    private static TrainingPlan<Episode, Learner> broken(UnaryOperator<MetaGradient> fault) {
        AtomicInteger calls = new AtomicInteger();
        return Runs.plan(Runs.settings(20, 1, 0), model -> new Faked(model) {
            @Override
            public MetaGradient metaGradient(List<Episode> tasks) {
                MetaGradient gradient = super.metaGradient(tasks);
                return calls.incrementAndGet() == 11 * 3 + 2 ? fault.apply(gradient) : gradient;
            }
        });
    }

    @Test
    void statistics_that_the_learner_lacks_are_refused() {
        TrainingPlan<Episode, Learner> plan = Runs.plan(Runs.settings(4, 1, 0), model -> new Faked(model) {
            @Override
            public Set<BatchStatistics> supportedStatistics() {
                return Set.of(BatchStatistics.RUNNING);
            }
        });

        assertThatThrownBy(() -> Runs.train(plan, run("run")))
                .isInstanceOf(FewShotException.class)
                .hasMessage("validation-statistics must be one of [RUNNING] for this learner, got BATCH");
    }

    @Test
    void patience_without_validation_is_refused() {
        TrainingPlan<Episode, Learner> plan = Runs.plan(4, 1);

        assertThatThrownBy(() -> new TrainingPlan<>(
                        Runs.settings(4, 1, 3),
                        plan.optimizer(),
                        plan.provenance(),
                        plan.learners(),
                        plan.tasks(),
                        Optional.empty()))
                .isInstanceOf(FewShotException.class)
                .hasMessage("patience must be 0 without validation, got 3; set validate-every and use data with"
                        + " validation classes");
    }

    @Test
    void every_gradient_is_closed_at_once() {
        List<INDArray> arrays = new ArrayList<>();
        TrainingPlan<Episode, Learner> plan = Runs.plan(Runs.settings(3, 1, 0), model -> new Faked(model) {
            @Override
            public MetaGradient metaGradient(List<Episode> tasks) {
                MetaGradient gradient = super.metaGradient(tasks);
                arrays.add(gradient.gradient().flat());
                arrays.add(gradient.statistics().flat());
                return gradient;
            }
        });
        Runs.train(plan, run("run"));

        assertThat(arrays).hasSize(3 * 3 * 2).allMatch(INDArray::wasClosed);
    }

    @Test
    void a_thousand_iterations_leave_no_array_and_no_heap() {
        try (Model model = Runs.model();
                Workers<Learner> workers = new Workers<>(LinearLearner::new, model, 2);
                MetaOptimizer optimizer = new MetaOptimizer(Runs.COSINE, 2000, model.parameters())) {
            EpisodeSampler episodes = new EpisodeSampler(Runs.DATA, Runs.SHAPE, EpisodeRotation.NONE, 1);
            iterate(workers, optimizer, model, episodes, 200);
            int live = LiveArrays.settled();
            long heap = heap();

            iterate(workers, optimizer, model, episodes, 1000);

            assertThat(LiveArrays.settled()).isLessThanOrEqualTo(live);
            assertThat(heap() - heap).isLessThan(1 << 20);
        }
    }

    private static void iterate(
            Workers<Learner> workers, MetaOptimizer optimizer, Model model, EpisodeSampler episodes, int times) {
        for (int i = 0; i < times; i++) {
            try (MetaGradient mean = GradientSum.mean(workers, episodes.episodes(i * 4L, 4), 1, i)) {
                optimizer.step(model.parameters(), mean.gradient(), i);
            }
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private RunFolder run(String name) {
        return RunFolder.create(folder.resolve(name));
    }

    private static TrainingEvent.Stopped trainUntil(long iteration, RunFolder run) {
        StopSignal stop = new StopSignal();
        return Runs.train(
                Runs.plan(34, 2),
                run,
                event -> {
                    if (event.iteration() == iteration) {
                        stop.request();
                    }
                },
                stop);
    }

    private static void assertSame(RunFolder expected, RunFolder actual, long iteration) throws IOException {
        for (String file : List.of("parameters.npz", "optimizer.npz", "manifest.json")) {
            assertThat(actual.checkpoints().folder(iteration).resolve(file))
                    .hasSameBinaryContentAs(
                            expected.checkpoints().folder(iteration).resolve(file));
        }
        assertThat(Files.readString(actual.history())).isEqualTo(Files.readString(expected.history()));
    }

    /** The linear learner, to be overridden. */
    private static class Faked implements Learner {
        private final LinearLearner learner;

        Faked(Model model) {
            learner = new LinearLearner(model);
        }

        @Override
        public MetaGradient metaGradient(List<Episode> tasks) {
            return learner.metaGradient(tasks);
        }

        @Override
        public Adapted adapt(Support support) {
            return learner.adapt(support);
        }

        @Override
        public Set<BatchStatistics> supportedStatistics() {
            return learner.supportedStatistics();
        }

        @Override
        public io.fewshot4j.learner.Cost cost() {
            return new io.fewshot4j.learner.Cost(0, 0);
        }

        @Override
        public Model model() {
            return learner.model();
        }

        @Override
        public void close() {
            learner.close();
        }
    }
}
