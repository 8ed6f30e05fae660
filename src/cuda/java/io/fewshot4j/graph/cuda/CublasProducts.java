package io.fewshot4j.graph.cuda;

import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_N;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_T;

import io.fewshot4j.graph.operation.NativeArgument;
import io.fewshot4j.graph.operation.NativeOperation;
import io.fewshot4j.graph.runtime.DeviceOperations;
import io.fewshot4j.graph.runtime.Plan;
import java.util.List;
import java.util.Optional;
import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.jita.allocator.impl.AtomicAllocator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.jcublas.JCublasBackend;
import org.nd4j.linalg.jcublas.buffer.BaseCudaDataBuffer;
import org.nd4j.linalg.jcublas.context.CudaContext;

/**
 * Matrix products, one or one for each task, as a call of cuBLAS on ND4J's stream. ND4J's own product of two matrices
 * waits for the device, and its product of stacks of matrices does not use cuBLAS.
 */
public final class CublasProducts implements DeviceOperations {
    private static final FloatPointer ONE = new FloatPointer(1f);
    private static final FloatPointer ZERO = new FloatPointer(0f);
    private static final DoublePointer WIDE_ONE = new DoublePointer(1.0);
    private static final DoublePointer WIDE_ZERO = new DoublePointer(0.0);

    @Override
    public Optional<Runnable> prepare(Plan.Call call, List<INDArray> inputs, List<INDArray> outputs) {
        if (call.operation() != NativeOperation.PRODUCT || !(Nd4j.getBackend() instanceof JCublasBackend)) {
            return Optional.empty();
        }
        boolean transposeA = call.integer(NativeArgument.TRANSPOSE_FIRST) == 1;
        boolean transposeB = call.integer(NativeArgument.TRANSPOSE_SECOND) == 1;
        return Optional.of(Product.of(inputs.get(0), inputs.get(1), outputs.get(0), transposeA, transposeB));
    }

    /** A matrix of a stack, as cuBLAS sees it: column by column, so that what lies in c-order is transposed. */
    private record Operand(INDArray array, int operation, int leading, long stride) {
        static Operand of(INDArray array, boolean transpose) {
            long columns = array.size(-1);
            return new Operand(
                    array, transpose ? CUBLAS_OP_T : CUBLAS_OP_N, Math.toIntExact(columns), columns * array.size(-2));
        }

        BaseCudaDataBuffer buffer() {
            return (BaseCudaDataBuffer) array.data();
        }

        Pointer address(CudaContext context) {
            buffer().syncToSpecial();
            return AtomicAllocator.getInstance().getPointer(array.data(), context);
        }
    }

    /** C' = B' A' for C = A B in c-order: [rows, inner] times [inner, columns], {@code count} times. */
    private record Product(Operand a, Operand b, Operand c, int rows, int columns, int inner, int count)
            implements Runnable {
        static Product of(INDArray a, INDArray b, INDArray c, boolean transposeA, boolean transposeB) {
            return new Product(
                    Operand.of(a, transposeA),
                    Operand.of(b, transposeB),
                    Operand.of(c, false),
                    Math.toIntExact(c.size(-2)),
                    Math.toIntExact(c.size(-1)),
                    Math.toIntExact(a.size(transposeA ? -2 : -1)),
                    c.rank() == 2 ? 1 : Math.toIntExact(c.size(0)));
        }

        @Override
        public void run() {
            CudaContext context = AtomicAllocator.getInstance().getDeviceContext();
            cublasContext handle = new cublasContext(context.getCublasHandle());
            int status = cublas.cublasSetStream_v2(handle, new CUstream_st(context.getCublasStream()));
            if (status == 0) {
                status = c.array().dataType() == DataType.DOUBLE ? inDouble(handle, context) : inFloat(handle, context);
            }
            if (status != 0) {
                throw new IllegalStateException("a product of cuBLAS failed with status " + status);
            }
            AtomicAllocator.getInstance().tickDeviceWrite(c.array());
        }

        private int inFloat(cublasContext handle, CudaContext context) {
            return cublas.cublasSgemmStridedBatched(
                    handle,
                    b.operation(),
                    a.operation(),
                    columns,
                    rows,
                    inner,
                    ONE,
                    new FloatPointer(b.address(context)),
                    b.leading(),
                    b.stride(),
                    new FloatPointer(a.address(context)),
                    a.leading(),
                    a.stride(),
                    ZERO,
                    new FloatPointer(c.address(context)),
                    c.leading(),
                    c.stride(),
                    count);
        }

        private int inDouble(cublasContext handle, CudaContext context) {
            return cublas.cublasDgemmStridedBatched(
                    handle,
                    b.operation(),
                    a.operation(),
                    columns,
                    rows,
                    inner,
                    WIDE_ONE,
                    new DoublePointer(b.address(context)),
                    b.leading(),
                    b.stride(),
                    new DoublePointer(a.address(context)),
                    a.leading(),
                    a.stride(),
                    WIDE_ZERO,
                    new DoublePointer(c.address(context)),
                    c.leading(),
                    c.stride(),
                    count);
        }
    }
}
