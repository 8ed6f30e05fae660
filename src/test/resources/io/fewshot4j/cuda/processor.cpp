// What a processor needs to stand in for a device: kernels by name out of a library, and matrix products.
#include <algorithm>
#include <dlfcn.h>
#include <sys/mman.h>
#include <vector>

typedef void (*Kernel)(long long, long long, int, void**);

#define NATIVE(result, name) extern "C" result Java_io_fewshot4j_cuda_Processor_##name

NATIVE(long long, open)(void*, void*, long long path) {
    return (long long)dlopen((const char*)path, RTLD_NOW | RTLD_LOCAL);
}

NATIVE(void, close)(void*, void*, long long library) {
    dlclose((void*)library);
}

NATIVE(long long, symbol)(void*, void*, long long library, long long name) {
    return (long long)dlsym((void*)library, (const char*)name);
}

NATIVE(void, launch)(void*, void*, long long kernel, long long from, long long to, int threads, long long arguments) {
    ((Kernel)kernel)(from, to, threads, (void**)arguments);
}

// Memory that is there only where it is touched; zeros elsewhere. 0 where the system has none.
NATIVE(long long, reserve)(void*, void*, long long bytes) {
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? 0 : (long long)memory;
}

NATIVE(void, release)(void*, void*, long long memory, long long bytes) {
    munmap((void*)memory, bytes);
}

// As cublasGemmStridedBatched with factors 1 and 0: column by column, c [m, n] = op(a) [m, k] op(b) [k, n].
template <class T>
static void gemm(bool ta, bool tb, int m, int n, int k, const T* a, int lda, long long sa, const T* b, int ldb, long long sb,
                 T* c, int ldc, long long sc, int count) {
    std::vector<double> sums(m);
    for (int matrix = 0; matrix < count; matrix++, a += sa, b += sb, c += sc) {
        for (int column = 0; column < n; column++) {
            std::fill(sums.begin(), sums.end(), 0);
            for (int i = 0; i < k; i++) {
                const double factor = tb ? b[column + (long long)i * ldb] : b[i + (long long)column * ldb];
                const T* from = ta ? a + i : a + (long long)i * lda;
                const long long step = ta ? lda : 1;
                for (int row = 0; row < m; row++) {
                    sums[row] += from[row * step] * factor;
                }
            }
            std::copy(sums.begin(), sums.end(), c + (long long)column * ldc);
        }
    }
}

NATIVE(void, gemm)(void*, void*, int wide, int ta, int tb, int m, int n, int k, long long a, int lda, long long sa,
                   long long b, int ldb, long long sb, long long c, int ldc, long long sc, int count) {
    if (wide) {
        gemm(ta, tb, m, n, k, (const double*)a, lda, sa, (const double*)b, ldb, sb, (double*)c, ldc, sc, count);
    } else {
        gemm(ta, tb, m, n, k, (const float*)a, lda, sa, (const float*)b, ldb, sb, (float*)c, ldc, sc, count);
    }
}
