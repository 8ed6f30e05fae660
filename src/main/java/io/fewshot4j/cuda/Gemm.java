package io.fewshot4j.cuda;

/**
 * c [m, n] = op(a) [m, k] op(b) [k, n], {@code count} times, as BLAS has it: column by column.
 *
 * @param wide doubles, else floats
 */
public record Gemm(boolean wide, int m, int n, int k, Operand a, Operand b, Operand c, int count) {
    /**
     * A stack of matrices.
     *
     * @param leading entries from a column to the next
     * @param stride entries from a matrix to the next
     */
    public record Operand(long address, boolean transposed, int leading, long stride) {}

    /** A product in c-order, where c' = op(b)' op(a)'. */
    static Gemm of(MatrixProduct product, boolean wide, long base) {
        int bytes = wide ? Double.BYTES : Float.BYTES;
        return new Gemm(
                wide,
                Math.toIntExact(product.columns()),
                Math.toIntExact(product.rows()),
                Math.toIntExact(product.inner()),
                operand(product.b(), product.transposeB(), base, bytes),
                operand(product.a(), product.transposeA(), base, bytes),
                operand(product.c(), false, base, bytes),
                Math.toIntExact(product.count()));
    }

    private static Operand operand(DeviceArray array, boolean transposed, long base, int bytes) {
        long columns = array.size(-1);
        return new Operand(
                base + array.offset() * bytes, transposed, Math.toIntExact(columns), columns * array.size(-2));
    }
}
