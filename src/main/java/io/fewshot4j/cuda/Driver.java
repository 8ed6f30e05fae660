package io.fewshot4j.cuda;

import java.util.List;

/**
 * The calls of CUDA's driver, of NVRTC and of cuBLAS that plans need, each by the name of what it calls. Addresses and
 * handles are numbers. A call that fails throws a {@link CudaFault}.
 */
public interface Driver {
    /** cuInit, cuDriverGetVersion: 13000 is CUDA 13.0. */
    int version();

    /** cuDeviceGetCount. */
    int devices();

    /** cuDeviceGetName. */
    String name(int device);

    /** cuDeviceGetAttribute: ten times the major number of the compute capability, and the minor one. */
    int capability(int device);

    /** cuDevicePrimaryCtxRetain. */
    long retainContext(int device);

    /** cuDevicePrimaryCtxRelease. */
    void releaseContext(int device);

    /** cuCtxSetCurrent, for the calling thread. */
    void use(long context);

    /** cuMemGetInfo: bytes that are free. */
    long freeMemory();

    /** cuMemAlloc. */
    long allocate(long bytes);

    /** cuMemFree. */
    void free(long address);

    /** cuMemAllocHost: memory of the processor that the device reads and writes by itself. */
    long allocateHost(long bytes);

    /** cuMemFreeHost. */
    void freeHost(long address);

    /** cuStreamCreate. */
    long createStream();

    /** cuStreamDestroy. */
    void destroyStream(long stream);

    /** cuStreamSynchronize. */
    void synchronize(long stream);

    /** cuMemcpyHtoDAsync. */
    void copyIn(long device, long host, long bytes, long stream);

    /** cuMemcpyDtoHAsync. */
    void copyOut(long host, long device, long bytes, long stream);

    /** nvrtcVersion, nvrtcCreateProgram, nvrtcCompileProgram, nvrtcGetCUBIN: machine code. */
    byte[] compile(String source, List<String> options);

    /** cuModuleLoadData. */
    long loadModule(byte[] code);

    /** cuModuleUnload. */
    void unloadModule(long module);

    /** cuModuleGetFunction. */
    long function(long module, String name);

    /** cuLaunchKernel with addresses as arguments. */
    void launch(long function, long blocks, int threads, List<Long> arguments, long stream);

    /** cuStreamBeginCapture. */
    void beginCapture(long stream);

    /** cuStreamEndCapture, cuGraphInstantiate, cuGraphDestroy: a graph that can be launched. */
    long endCapture(long stream);

    /** cuGraphLaunch. */
    void launchGraph(long graph, long stream);

    /** cuGraphExecDestroy. */
    void destroyGraph(long graph);

    /** cublasCreate, cublasSetStream, cublasSetWorkspace, cublasSetMathMode for plain floats. */
    long createBlas(long stream, long workspace, long workspaceBytes);

    /** cublasDestroy. */
    void destroyBlas(long blas);

    /** cublasSgemmStridedBatched or cublasDgemmStridedBatched with factors 1 and 0. */
    void gemm(long blas, Gemm product);
}
