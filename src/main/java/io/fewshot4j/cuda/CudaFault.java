package io.fewshot4j.cuda;

/** Answer of a call of CUDA, NVRTC or cuBLAS that failed. */
public final class CudaFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** CUDA_ERROR_OUT_OF_MEMORY. */
    public static final int OUT_OF_MEMORY = 2;

    private final int code;

    /**
     * A fault.
     *
     * @param call the function that failed
     * @param code its answer
     * @param answer the code's name, or the compiler's log
     */
    public CudaFault(String call, int code, String answer) {
        super(call + " failed with " + answer + " (" + code + ")");
        this.code = code;
    }

    boolean isOutOfMemory() {
        return code == OUT_OF_MEMORY;
    }
}
