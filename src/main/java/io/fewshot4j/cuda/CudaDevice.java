package io.fewshot4j.cuda;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A GPU with a stream, in which everything runs in order, and cuBLAS on that stream. One thread uses it at a time. */
final class CudaDevice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CudaDevice.class);

    /** Room for cuBLAS; NVIDIA recommends 32 MB for Hopper, and less for others. */
    private static final long WORKSPACE = 32L << 20;

    private final Driver driver;
    private final KernelCache cache;
    private final List<String> options;
    private final long context;
    private final long stream;
    private final long blas;
    private final Owned owned = new Owned();

    /** @param cache folder in which compiled kernels are kept */
    CudaDevice(Driver driver, int number, Path cache) {
        this.driver = driver;
        this.cache = new KernelCache(cache);
        this.options = List.of("--gpu-architecture=sm_" + driver.capability(number), "--std=c++17");
        try {
            context = driver.retainContext(number);
            owned.add(() -> driver.releaseContext(number));
            driver.use(context);
            stream = driver.createStream();
            owned.add(() -> driver.destroyStream(stream));
            long workspace = driver.allocate(WORKSPACE);
            owned.add(() -> driver.free(workspace));
            blas = driver.createBlas(stream, workspace, WORKSPACE);
            owned.add(() -> driver.destroyBlas(blas));
        } catch (CudaFault fault) {
            owned.close();
            throw fault;
        }
    }

    /** Driver, ready for calls of this thread. */
    Driver driver() {
        driver.use(context);
        return driver;
    }

    long stream() {
        return stream;
    }

    long blas() {
        return blas;
    }

    /** The kernels of a source, compiled if that was never done for such a GPU. */
    long load(String source) {
        Optional<byte[]> kept = cache.find(source, options);
        if (kept.isPresent()) {
            try {
                return driver.loadModule(kept.get());
            } catch (CudaFault damaged) {
                LOG.warn(
                        "kernels are compiled anew, because those that were kept cannot be used: {}",
                        damaged.getMessage());
            }
        }
        byte[] code = driver.compile(source, options);
        cache.keep(source, options, code);
        return driver.loadModule(code);
    }

    @Override
    public void close() {
        driver.use(context);
        owned.close();
    }
}
