extern "C" __global__ void pointwise_0(const real* __restrict__ p0, const real* __restrict__ p1, real* __restrict__ p2, real* __restrict__ p3) {
    typedef unsigned int Index;
    const Index i = (Index)blockIdx.x * 256 + threadIdx.x;
    if (i >= 30) return;
    const real v0 = p0[i] + p1[i % 3 + i / 15 * 3];
    const real v1 = v0 * v0;
    p2[i] = v0;
    p3[i] = v1;
}

extern "C" __global__ void pointwise_1(const real* __restrict__ p0, const real* __restrict__ p1, real* __restrict__ p2) {
    typedef unsigned int Index;
    const Index i = (Index)blockIdx.x * 256 + threadIdx.x;
    if (i >= 6) return;
    const real v0 = p0[i] + 0.001f;
    const real v1 = pow(v0, (-0.5f));
    const real v2 = v1 * p1[i];
    p2[i] = v2;
}

extern "C" __global__ void pointwise_2(real* __restrict__ p0, const real* __restrict__ p1) {
    typedef unsigned int Index;
    const Index i = (Index)blockIdx.x * 256 + threadIdx.x;
    if (i >= 30) return;
    const real v0 = p0[i] * p1[i % 3 + i / 15 * 3];
    const real v1 = relu(v0);
    p0[i] = v1;
}

extern "C" __global__ void reduce_max_3(const real* __restrict__ p0, real* __restrict__ p1) {
    typedef unsigned int Index;
    const Index i = ((Index)blockIdx.x * 128 + threadIdx.x) / 32;
    if (i >= 10) return;
    reduce_max<Index, 3>(p0, p1, i, threadIdx.x % 32);
}

extern "C" __global__ void pointwise_4(real* __restrict__ p0, const real* __restrict__ p1) {
    typedef unsigned int Index;
    const Index i = (Index)blockIdx.x * 256 + threadIdx.x;
    if (i >= 30) return;
    const real v0 = p0[i] - p1[i / 3];
    p0[i] = v0;
}

extern "C" __global__ void softmax_5(const real* __restrict__ p0, real* __restrict__ p1) {
    typedef unsigned int Index;
    const Index i = ((Index)blockIdx.x * 128 + threadIdx.x) / 32;
    if (i >= 10) return;
    softmax<Index, 3>(p0, p1, i, threadIdx.x % 32);
}

