// Functions of one entry. A value that is not a number stays one.

__device__ inline real relu(real x) {
    return x < 0 ? real(0) : x;
}

__device__ inline real step(real x) {
    return x > 0 ? real(1) : real(0);
}
