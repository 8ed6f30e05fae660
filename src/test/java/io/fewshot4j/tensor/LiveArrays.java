package io.fewshot4j.tensor;

import java.lang.reflect.Field;
import java.util.Map;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.factory.Nd4j;

/** How many off-heap arrays ND4J keeps alive. */
public final class LiveArrays {
    private LiveArrays() {}

    /** After collections, until {@code most} or fewer are left or ten seconds are over. */
    public static int countDownTo(int most) {
        long end = System.nanoTime() + 10_000_000_000L;
        int count = Integer.MAX_VALUE;
        while (count > most && System.nanoTime() < end) {
            System.gc();
            count = count();
        }
        return count;
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
