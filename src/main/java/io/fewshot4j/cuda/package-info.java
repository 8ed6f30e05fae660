/** Plans on NVIDIA GPUs: kernels generated for each plan, products by cuBLAS, and a whole run as one captured graph. */
@NullMarked
package io.fewshot4j.cuda;

import org.jspecify.annotations.NullMarked;
