package io.fewshot4j.cuda;

import java.util.List;

/** One call of a plan on the device. */
sealed interface Step permits Step.Launch, MatrixProduct {
    /**
     * A kernel.
     *
     * @param kernel its name in the plan's source
     * @param arguments first entries of the arrays that it is given
     */
    record Launch(String kernel, long blocks, int threads, List<Long> arguments) implements Step {
        public Launch {
            arguments = List.copyOf(arguments);
        }
    }
}
