package io.fewshot4j.tensor;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.factory.Nd4j;

/** Number of off-heap arrays that ND4J keeps alive. */
public final class LiveArrays {
    private LiveArrays() {}

    /**
     * After collections, once ten of them in a row have freed nothing; ND4J frees in threads of its own, which need a
     * moment.
     */
    public static int settled() {
        int fewest = Integer.MAX_VALUE;
        for (int same = 0; same < 10; same++) {
            System.gc();
            LockSupport.parkNanos(20_000_000);
            int count = count();
            if (count < fewest) {
                fewest = count;
                same = 0;
            }
        }
        return fewest;
    }

    private static int count() {
        try {
            Field references = DeallocatorService.class.getDeclaredField("referenceMap");
            references.setAccessible(true);
            return ((Map<?, ?>) references.get(Nd4j.getDeallocatorService())).size();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("ND4J keeps its arrays elsewhere", e);
        }
    }
}
