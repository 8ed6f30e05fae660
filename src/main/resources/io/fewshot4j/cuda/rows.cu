// Reductions of each row of a matrix in c-order, one warp for a row. A lane takes every 32nd column, and the lanes' results
// are joined by a fixed tree: the bits do not depend on the launch. Each result is written by one lane.

__device__ inline real warp_max(real value) {
    for (int distance = 16; distance > 0; distance /= 2) {
        const real other = __shfl_xor_sync(0xffffffffu, value, distance);
        value = other > value || other != other ? other : value;
    }
    return value;
}

__device__ inline real warp_sum(real value) {
    for (int distance = 16; distance > 0; distance /= 2) {
        value += __shfl_xor_sync(0xffffffffu, value, distance);
    }
    return value;
}

// The largest entry; lanes beyond the last column repeat it.
template <class Index, int COLUMNS>
__device__ inline real row_max(const real* x, int lane) {
    real largest = x[lane < COLUMNS ? lane : COLUMNS - 1];
    for (int column = lane + 32; column < COLUMNS; column += 32) {
        const real value = x[column];
        largest = value > largest || value != value ? value : largest;
    }
    return warp_max(largest);
}

template <class Index, int COLUMNS>
__device__ inline real row_exp_sum(const real* x, real shift, int lane) {
    real sum = 0;
    for (int column = lane; column < COLUMNS; column += 32) {
        sum += exp(x[column] - shift);
    }
    return warp_sum(sum);
}

template <class Index, int COLUMNS>
__device__ inline void reduce_max(const real* x, real* y, Index row, int lane) {
    const real largest = row_max<Index, COLUMNS>(x + row * COLUMNS, lane);
    if (lane == 0) {
        y[row] = largest;
    }
}

// log(sum(exp(x))), each row shifted by its own maximum.
template <class Index, int COLUMNS>
__device__ inline void reduce_logsumexp(const real* x, real* y, Index row, int lane) {
    const real largest = row_max<Index, COLUMNS>(x + row * COLUMNS, lane);
    const real sum = row_exp_sum<Index, COLUMNS>(x + row * COLUMNS, largest, lane);
    if (lane == 0) {
        y[row] = largest + log(sum);
    }
}

template <class Index, int COLUMNS>
__device__ inline void softmax(const real* x, real* y, Index row, int lane) {
    const real* from = x + row * COLUMNS;
    const real largest = row_max<Index, COLUMNS>(from, lane);
    const real sum = row_exp_sum<Index, COLUMNS>(from, largest, lane);
    for (int column = lane; column < COLUMNS; column += 32) {
        y[row * COLUMNS + column] = exp(from[column] - largest) / sum;
    }
}
