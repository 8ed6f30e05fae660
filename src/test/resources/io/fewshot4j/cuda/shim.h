// Enough of CUDA C++ for g++: kernels run on the processor, one thread after another. Those whose warps exchange values run as
// coroutines, each with a stack of its own, that take turns at every exchange.
#include <cmath>
#include <cstring>
#include <tuple>
#include <ucontext.h>
#include <utility>
#include <vector>

#define __device__
#define __global__
using namespace std;

struct Dimension {
    unsigned x;
};
static thread_local Dimension blockIdx, threadIdx;

namespace shim {
const int WARP = 32;
const size_t STACK = 1 << 15;

// One warp at a time: its lanes, what each shows to the others, and which of them has the turn.
struct Warp {
    ucontext_t home, lanes[WARP];
    vector<char> stacks = vector<char>(WARP * STACK);
    double shown[WARP];
    bool done[WARP];
    int turn = -1;
    unsigned first = 0;
    void (*body)(void**) = nullptr;
    void** arguments = nullptr;
};
static thread_local Warp warp;

// Lets every other lane come as far as this one.
inline void wait() {
    const int lane = warp.turn;
    swapcontext(&warp.lanes[lane], &warp.home);
    threadIdx.x = warp.first + lane;
}

inline void lane() {
    warp.body(warp.arguments);
    warp.done[warp.turn] = true;
    swapcontext(&warp.lanes[warp.turn], &warp.home);
}

inline void run_warp(unsigned first, void (*body)(void**), void** arguments) {
    warp.first = first;
    warp.body = body;
    warp.arguments = arguments;
    for (int i = 0; i < WARP; i++) {
        getcontext(&warp.lanes[i]);
        warp.lanes[i].uc_stack.ss_sp = &warp.stacks[i * STACK];
        warp.lanes[i].uc_stack.ss_size = STACK;
        warp.lanes[i].uc_link = nullptr;
        makecontext(&warp.lanes[i], lane, 0);
        warp.done[i] = false;
    }
    for (bool open = true; open;) {
        open = false;
        for (int i = 0; i < WARP; i++) {
            if (!warp.done[i]) {
                warp.turn = i;
                threadIdx.x = first + i;
                swapcontext(&warp.home, &warp.lanes[i]);
                open = true;
            }
        }
    }
}

template <auto kernel, class... P, size_t... I>
inline void call(void (*)(P...), void** arguments, index_sequence<I...>) {
    kernel(*(P*)arguments[I]...);
}

template <auto kernel, class... P>
inline void call_with(void (*of)(P...), void** arguments) {
    call<kernel>(of, arguments, index_sequence_for<P...>());
}

template <auto kernel>
inline void thread(void** arguments) {
    call_with<kernel>(kernel, arguments);
}

// Blocks `from` to `to` of so many threads.
template <auto kernel>
inline void run(long long from, long long to, int threads, void** arguments) {
    for (long long block = from; block < to; block++) {
        blockIdx.x = (unsigned)block;
        for (int i = 0; i < threads; i++) {
            threadIdx.x = i;
            thread<kernel>(arguments);
        }
    }
}

template <auto kernel>
inline void run_warps(long long from, long long to, int threads, void** arguments) {
    for (long long block = from; block < to; block++) {
        blockIdx.x = (unsigned)block;
        for (int i = 0; i < threads; i += WARP) {
            run_warp(i, thread<kernel>, arguments);
        }
    }
}
}  // namespace shim

inline void __syncwarp() {
    shim::wait();
}

template <class T>
inline T __shfl_xor_sync(unsigned, T value, int distance) {
    const int lane = shim::warp.turn;
    shim::warp.shown[lane] = value;
    shim::wait();
    const T other = (T)shim::warp.shown[lane ^ distance];
    shim::wait();
    return other;
}
