// X of A X = B for a small square A [SIZE, SIZE] and B [SIZE, SIZE], by Gauss and Jordan with partial pivoting, one warp for a
// system. `work` holds [A | B] as [SIZE, 2 SIZE], and each column of it is written by one lane alone. In step p all lanes read
// column p, which nobody writes any more; a barrier stands between the steps, and before the result is read.
template <class Index, int SIZE>
__device__ inline void solve(const real* a, const real* b, real* x, real* work, Index system, int lane) {
    const int columns = 2 * SIZE;
    real* rows = work + system * SIZE * columns;
    for (int column = lane; column < columns; column += 32) {
        const real* from = column < SIZE ? a + column : b + (column - SIZE);
        for (int row = 0; row < SIZE; row++) {
            rows[row * columns + column] = from[(system * SIZE + row) * SIZE];
        }
    }
    for (int p = 0; p < SIZE; p++) {
        __syncwarp();
        int pivot = p;
        for (int row = p + 1; row < SIZE; row++) {
            pivot = fabs(rows[row * columns + p]) > fabs(rows[pivot * columns + p]) ? row : pivot;
        }
        const real divisor = rows[pivot * columns + p];
        for (int column = lane; column < columns; column += 32) {
            if (column <= p) {
                continue;
            }
            const real scaled = rows[pivot * columns + column] / divisor;
            rows[pivot * columns + column] = rows[p * columns + column];
            rows[p * columns + column] = scaled;
            for (int row = 0; row < SIZE; row++) {
                if (row != p) {
                    const real factor = rows[(row == pivot ? p : row) * columns + p];
                    rows[row * columns + column] -= factor * scaled;
                }
            }
        }
    }
    __syncwarp();
    for (int column = SIZE + lane; column < columns; column += 32) {
        for (int row = 0; row < SIZE; row++) {
            x[(system * SIZE + row) * SIZE + column - SIZE] = rows[row * columns + column];
        }
    }
}
