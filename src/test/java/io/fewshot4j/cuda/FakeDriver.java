package io.fewshot4j.cuda;

import io.fewshot4j.graph.Lookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A driver whose device is the processor. It counts calls, checks addresses, sizes and handles, refuses what a capture
 * forbids, and fails when it is told to.
 */
final class FakeDriver implements Driver {
    /** CUDA_ERROR_INVALID_VALUE. */
    private static final int INVALID = 1;
    /** CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED. */
    private static final int IN_CAPTURE = 900;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final TreeMap<Long, Pointer> device = new TreeMap<>();
    private final TreeMap<Long, Pointer> host = new TreeMap<>();
    private final Map<Long, String> handles = new TreeMap<>();
    private final Map<Long, Long> libraries = new HashMap<>();
    private final Map<Long, List<Runnable>> graphs = new HashMap<>();
    private Optional<List<Runnable>> capture = Optional.empty();
    private long lastHandle;
    private long memory = 1L << 34;
    private String failing = "";
    private int failingAt;
    private int failure;

    /** Makes call {@code number} of a function from now on fail, from 1. */
    FakeDriver failing(String call, int number, int code) {
        failing = call;
        failingAt = count(call) + number;
        failure = code;
        return this;
    }

    /** A device with so many bytes. */
    FakeDriver withMemory(long bytes) {
        memory = bytes;
        return this;
    }

    /** Number of calls of a function. */
    int count(String call) {
        return counts.getOrDefault(call, 0);
    }

    void forgetCounts() {
        counts.clear();
    }

    /** All that was made and not given back. */
    List<String> open() {
        List<String> open = new ArrayList<>(handles.values());
        device.keySet().forEach(address -> open.add("memory"));
        host.keySet().forEach(address -> open.add("host memory"));
        return open;
    }

    private void count(String call, boolean captured) {
        int number = count(call) + 1;
        counts.put(call, number);
        if (call.equals(failing) && number >= failingAt) {
            throw new CudaFault(call, failure, "a made-up fault");
        }
        if (capture.isPresent() && !captured) {
            throw new CudaFault(call, IN_CAPTURE, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED");
        }
    }

    private long handle(String kind) {
        handles.put(++lastHandle, kind);
        return lastHandle;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new CudaFault(what, INVALID, "CUDA_ERROR_INVALID_VALUE");
        }
    }

    private void requireHandle(long handle, String kind) {
        require(kind.equals(handles.get(handle)), kind);
    }

    private void give(long handle, String kind) {
        requireHandle(handle, kind);
        handles.remove(handle);
    }

    private void requireRange(TreeMap<Long, Pointer> memory, long address, long bytes) {
        Map.Entry<Long, Pointer> block = memory.floorEntry(address);
        require(
                bytes > 0
                        && block != null
                        && address + bytes <= block.getKey() + block.getValue().limit(),
                "a range of " + bytes + " bytes");
    }

    /** Does it now, or when the graph in capture is launched. */
    private void enqueue(long stream, Runnable work) {
        requireHandle(stream, "stream");
        capture.ifPresentOrElse(graph -> graph.add(work), work);
    }

    @Override
    public int version() {
        count("cuInit", true);
        return 13000;
    }

    @Override
    public int devices() {
        count("cuDeviceGetCount", true);
        return 1;
    }

    @Override
    public String name(int device) {
        return "processor";
    }

    @Override
    public int capability(int device) {
        return 90;
    }

    @Override
    public long retainContext(int device) {
        count("cuDevicePrimaryCtxRetain", false);
        return handle("context");
    }

    @Override
    public void releaseContext(int device) {
        count("cuDevicePrimaryCtxRelease", false);
        require(handles.values().remove("context"), "context");
    }

    @Override
    public void use(long context) {
        count("cuCtxSetCurrent", true);
        requireHandle(context, "context");
    }

    @Override
    public long freeMemory() {
        count("cuMemGetInfo", true);
        return memory - device.values().stream().mapToLong(Pointer::limit).sum();
    }

    @Override
    public long allocate(long bytes) {
        count("cuMemAlloc", false);
        if (bytes > freeMemory()) {
            throw new CudaFault("cuMemAlloc", CudaFault.OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY");
        }
        return memory(device, bytes);
    }

    /** Memory that holds no numbers yet. */
    private static long memory(TreeMap<Long, Pointer> kind, long bytes) {
        Pointer pointer = new BytePointer(bytes).limit(bytes);
        Pointer.memset(pointer, 0xff, bytes);
        kind.put(pointer.address(), pointer);
        return pointer.address();
    }

    @Override
    public void free(long address) {
        count("cuMemFree", false);
        release(device, address);
    }

    private void release(TreeMap<Long, Pointer> kind, long address) {
        require(kind.containsKey(address), "an address");
        Lookup.in(kind, address).deallocate();
        kind.remove(address);
    }

    @Override
    public long allocateHost(long bytes) {
        count("cuMemAllocHost", false);
        return memory(host, bytes);
    }

    @Override
    public void freeHost(long address) {
        count("cuMemFreeHost", false);
        release(host, address);
    }

    @Override
    public long createStream() {
        count("cuStreamCreate", false);
        return handle("stream");
    }

    @Override
    public void destroyStream(long stream) {
        count("cuStreamDestroy", false);
        give(stream, "stream");
    }

    @Override
    public void synchronize(long stream) {
        count("cuStreamSynchronize", false);
        requireHandle(stream, "stream");
    }

    @Override
    public void copyIn(long device, long host, long bytes, long stream) {
        count("cuMemcpyHtoDAsync", true);
        requireRange(this.device, device, bytes);
        enqueue(stream, () -> copy(device, host, bytes));
    }

    @Override
    public void copyOut(long host, long device, long bytes, long stream) {
        count("cuMemcpyDtoHAsync", true);
        requireRange(this.device, device, bytes);
        requireRange(this.host, host, bytes);
        enqueue(stream, () -> copy(host, device, bytes));
    }

    private static void copy(long to, long from, long bytes) {
        Pointer.memcpy(new HostMemory(to), new HostMemory(from), bytes);
    }

    /** The library's path as its machine code. */
    @Override
    public byte[] compile(String source, List<String> options) {
        count("nvrtcCompileProgram", false);
        try {
            return Files.readAllBytes(Processor.compile(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long loadModule(byte[] code) {
        count("cuModuleLoadData", false);
        Path file = Compilers.file("module", ".so");
        try {
            Files.write(file, code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long library = Processor.open(file);
        require(library != 0, "cuModuleLoadData");
        long module = handle("module");
        libraries.put(module, library);
        return module;
    }

    @Override
    public void unloadModule(long module) {
        count("cuModuleUnload", false);
        give(module, "module");
        Processor.close(Lookup.in(libraries, module));
    }

    @Override
    public long function(long module, String name) {
        count("cuModuleGetFunction", false);
        requireHandle(module, "module");
        long kernel = Processor.kernel(Lookup.in(libraries, module), name);
        require(kernel != 0, name);
        return kernel;
    }

    @Override
    public void launch(long function, long blocks, int threads, List<Long> arguments, long stream) {
        count("cuLaunchKernel", true);
        require(blocks > 0 && blocks < 1L << 31 && threads > 0 && threads <= 1024 && threads % 32 == 0, "a launch");
        arguments.forEach(address -> requireRange(device, address, Float.BYTES));
        enqueue(stream, () -> Processor.launch(function, 0, blocks, threads, arguments));
    }

    @Override
    public void beginCapture(long stream) {
        count("cuStreamBeginCapture", false);
        requireHandle(stream, "stream");
        capture = Optional.of(new ArrayList<>());
    }

    @Override
    public long endCapture(long stream) {
        count("cuStreamEndCapture", true);
        requireHandle(stream, "stream");
        List<Runnable> work = capture.orElseThrow(() -> new CudaFault("cuStreamEndCapture", INVALID, "no capture"));
        capture = Optional.empty();
        long graph = handle("graph");
        graphs.put(graph, work);
        return graph;
    }

    @Override
    public void launchGraph(long graph, long stream) {
        count("cuGraphLaunch", false);
        requireHandle(graph, "graph");
        enqueue(stream, () -> Lookup.in(graphs, graph).forEach(Runnable::run));
    }

    @Override
    public void destroyGraph(long graph) {
        count("cuGraphExecDestroy", false);
        give(graph, "graph");
        graphs.remove(graph);
    }

    @Override
    public long createBlas(long stream, long workspace, long workspaceBytes) {
        count("cublasCreate", false);
        requireHandle(stream, "stream");
        requireRange(device, workspace, workspaceBytes);
        return handle("blas " + stream);
    }

    @Override
    public void destroyBlas(long blas) {
        count("cublasDestroy", false);
        require(handles.containsKey(blas), "cublasDestroy");
        handles.remove(blas);
    }

    @Override
    public void gemm(long blas, Gemm product) {
        count("cublasGemmStridedBatched", true);
        require(handles.containsKey(blas), "cublasGemmStridedBatched");
        requireMatrices(product, product.a(), product.m(), product.k());
        requireMatrices(product, product.b(), product.k(), product.n());
        requireMatrices(product, product.c(), product.m(), product.n());
        long stream = Long.parseLong(Lookup.in(handles, blas).substring("blas ".length()));
        enqueue(stream, () -> Processor.gemm(product));
    }

    private void requireMatrices(Gemm product, Gemm.Operand matrix, long rows, long columns) {
        long height = matrix.transposed() ? columns : rows;
        long width = matrix.transposed() ? rows : columns;
        require(matrix.leading() >= height, "a leading dimension");
        long entries = (product.count() - 1) * matrix.stride() + (width - 1) * matrix.leading() + height;
        requireRange(device, matrix.address(), entries * (product.wide() ? Double.BYTES : Float.BYTES));
    }
}
