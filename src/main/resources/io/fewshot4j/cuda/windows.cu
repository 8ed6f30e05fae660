// Convolution patches and 2x2 pooling of images [images, height, width, channels] in c-order. Each function gives one entry
// of a result from its index, so that each entry is written by one thread; sums run in the order of the loops.

// Geometry of patches: pixels of a row and their channels are one run, and WIDTH, RUN, STEP_X and BEFORE_X count channels too.
// Patches lie as [images, OUT_HEIGHT, OUT_WIDTH, KERNEL, RUN].

// A pixel under the kernel at one position; 0 outside the image.
template <class Index, int HEIGHT, int WIDTH, int OUT_HEIGHT, int OUT_WIDTH, int KERNEL, int RUN, int STEP_Y, int STEP_X,
          int BEFORE_Y, int BEFORE_X>
__device__ inline real im2col(const real* images, Index i) {
    const int across = i % RUN;
    const int down = i / RUN % KERNEL;
    const Index position = i / (RUN * KERNEL);
    const int x = (int)(position % OUT_WIDTH) * STEP_X - BEFORE_X + across;
    const int y = (int)(position / OUT_WIDTH % OUT_HEIGHT) * STEP_Y - BEFORE_Y + down;
    const Index image = position / ((Index)OUT_WIDTH * OUT_HEIGHT);
    const bool inside = x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT;
    return inside ? images[(image * HEIGHT + y) * WIDTH + x] : real(0);
}

// The sum of a pixel's entries in all patches that it lies in.
template <class Index, int HEIGHT, int WIDTH, int OUT_HEIGHT, int OUT_WIDTH, int KERNEL, int RUN, int STEP_Y, int STEP_X,
          int BEFORE_Y, int BEFORE_X>
__device__ inline real col2im(const real* patches, Index i) {
    const int x = (int)(i % WIDTH) + BEFORE_X;
    const int y = (int)(i / WIDTH % HEIGHT) + BEFORE_Y;
    const Index image = i / ((Index)WIDTH * HEIGHT);
    const int top = y < KERNEL ? 0 : (y - KERNEL) / STEP_Y + 1;
    const int left = x < RUN ? 0 : (x - RUN) / STEP_X + 1;
    real sum = 0;
    for (int row = top; row < OUT_HEIGHT && row * STEP_Y <= y; row++) {
        for (int column = left; column < OUT_WIDTH && column * STEP_X <= x; column++) {
            const Index position = (image * OUT_HEIGHT + row) * OUT_WIDTH + column;
            sum += patches[(position * KERNEL + (y - row * STEP_Y)) * RUN + (x - column * STEP_X)];
        }
    }
    return sum;
}

// The largest of a block of 2x2; at an odd edge, of what there is. A value that is not a number stays one.
template <class Index, int HEIGHT, int WIDTH, int CHANNELS, int OUT_HEIGHT, int OUT_WIDTH>
__device__ inline real maxpool2d(const real* images, Index i) {
    const int channel = i % CHANNELS;
    const int x = (int)(i / CHANNELS % OUT_WIDTH) * 2;
    const int y = (int)(i / (CHANNELS * OUT_WIDTH) % OUT_HEIGHT) * 2;
    const Index image = i / ((Index)CHANNELS * OUT_WIDTH * OUT_HEIGHT);
    const real* first = images + ((image * HEIGHT + y) * WIDTH + x) * CHANNELS + channel;
    real largest = *first;
    for (int place = 1; place < 4; place++) {
        if (x + place % 2 < WIDTH && y + place / 2 < HEIGHT) {
            const real value = first[(place / 2 * WIDTH + place % 2) * CHANNELS];
            largest = value > largest || value != value ? value : largest;
        }
    }
    return largest;
}

// A quarter of a block's sum; at an odd edge, what is missing counts as 0.
template <class Index, int HEIGHT, int WIDTH, int CHANNELS, int OUT_HEIGHT, int OUT_WIDTH>
__device__ inline real avgpool2d(const real* images, Index i) {
    const int channel = i % CHANNELS;
    const int x = (int)(i / CHANNELS % OUT_WIDTH) * 2;
    const int y = (int)(i / (CHANNELS * OUT_WIDTH) % OUT_HEIGHT) * 2;
    const Index image = i / ((Index)CHANNELS * OUT_WIDTH * OUT_HEIGHT);
    const real* first = images + ((image * HEIGHT + y) * WIDTH + x) * CHANNELS + channel;
    real sum = 0;
    for (int place = 0; place < 4; place++) {
        if (x + place % 2 < WIDTH && y + place / 2 < HEIGHT) {
            sum += first[(place / 2 * WIDTH + place % 2) * CHANNELS];
        }
    }
    return sum / 4;
}

// A quarter of the entry of the block that a pixel lies in; 0 in a row or column that belongs to none.
template <class Index, int HEIGHT, int WIDTH, int CHANNELS, int OUT_HEIGHT, int OUT_WIDTH>
__device__ inline real avgpool2d_bp(const real* upstream, Index i) {
    const int channel = i % CHANNELS;
    const int x = (int)(i / CHANNELS % WIDTH) / 2;
    const int y = (int)(i / (CHANNELS * WIDTH) % HEIGHT) / 2;
    const Index image = i / ((Index)CHANNELS * WIDTH * HEIGHT);
    const bool inside = x < OUT_WIDTH && y < OUT_HEIGHT;
    return inside ? upstream[((image * OUT_HEIGHT + y) * OUT_WIDTH + x) * CHANNELS + channel] / 4 : real(0);
}
