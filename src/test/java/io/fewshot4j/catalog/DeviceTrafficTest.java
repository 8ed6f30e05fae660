package io.fewshot4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import io.fewshot4j.training.MetaOptimizer;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** Traffic of a training iteration between heap and device, and ND4J's operations besides the graph's. */
final class DeviceTrafficTest {
    /** ND4J's operations outside the graph: gradient check, copy, mean, the optimiser. */
    private static final int MOST_OPERATIONS = 30;

    /** It has nothing to train. */
    private static final String EXEMPT = "pixels";

    static List<LearnerSpec<?>> learners() {
        return Catalog.classifiers().stream()
                .filter(spec -> !spec.name().equals(EXEMPT))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("learners")
    void an_iteration_is_one_copy_to_the_device_and_one_back(LearnerSpec<?> learner) {
        try (SmallRun run = new SmallRun(learner);
                Learner together = run.withTasksPerGraph(4);
                MetaOptimizer optimizer = run.adam()) {
            SmallRun.iterate(together, optimizer);
            Traffic traffic = new Traffic();
            traffic.count(() -> SmallRun.iterate(together, optimizer));

            assertThat(traffic.written).as("buffers written from the heap").hasSize(1);
            traffic.touched.removeAll(traffic.written);
            assertThat(traffic.touched).as("buffers read to the heap").hasSize(1);
            assertThat(traffic.operations.get()).isLessThan(MOST_OPERATIONS);
        }
    }

    /** Counts in ND4J's place. */
    private static final class Traffic {
        final Set<DataBuffer> written = Collections.newSetFromMap(new IdentityHashMap<>());
        final Set<DataBuffer> touched = Collections.newSetFromMap(new IdentityHashMap<>());
        final AtomicInteger operations = new AtomicInteger();

        void count(Runnable work) {
            AffinityManager locations = Nd4j.getAffinityManager();
            OpExecutioner executioner = Nd4j.getExecutioner();
            try {
                set("affinityManager", watched(AffinityManager.class, locations, this::location));
                set("OP_EXECUTIONER_INSTANCE", watched(OpExecutioner.class, executioner, (name, arguments) -> {
                    if (name.startsWith("exec") && !isOfGraph(arguments[0])) {
                        operations.incrementAndGet();
                    }
                }));
                work.run();
            } finally {
                set("affinityManager", locations);
                set("OP_EXECUTIONER_INSTANCE", executioner);
            }
        }

        /** The graph's operations that have no native context: ND4J is asked for each. */
        private static boolean isOfGraph(Object operation) {
            return operation instanceof Op op && Set.of("step", "exp", "log").contains(op.opName());
        }

        private void location(String method, Object[] arguments) {
            if (method.equals("ensureLocation") && arguments[1] == Location.HOST) {
                touched.add(buffer((INDArray) arguments[0]));
            }
            if (method.equals("tagLocation") && arguments[0] instanceof INDArray array) {
                written.add(buffer(array));
            }
        }

        private static DataBuffer buffer(INDArray array) {
            DataBuffer buffer = array.data();
            return buffer.originalDataBuffer() == null ? buffer : buffer.originalDataBuffer();
        }

        private static <T> T watched(Class<T> type, T real, BiConsumer<String, Object[]> watch) {
            return type.cast(Proxy.newProxyInstance(
                    DeviceTrafficTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        watch.accept(method.getName(), arguments);
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        private static void set(String field, Object value) {
            try {
                Field member = Nd4j.class.getDeclaredField(field);
                member.setAccessible(true);
                member.set(null, value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("ND4J keeps it elsewhere", e);
            }
        }
    }
}
