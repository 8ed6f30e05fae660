package io.fewshot4j.spark;

import io.fewshot4j.learner.MetaGradient;
import io.fewshot4j.learner.Model;
import io.fewshot4j.learner.PairwiseSum;
import io.fewshot4j.tensor.Parameters;
import io.fewshot4j.tensor.Transfer;
import java.io.Serializable;
import org.nd4j.linalg.api.buffer.DataType;

/** Sum over a subtree of a meta-batch on its way to the driver. */
final class Subtotal implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int groups;
    private final int tasks;
    private final double loss;
    private final double accuracy;
    private final float[] gradient;
    private final float[] statistics;

    /** Copies a sum over a number of groups, which stays the caller's. */
    Subtotal(int groups, MetaGradient sum) {
        this.groups = groups;
        this.tasks = sum.tasks();
        this.loss = sum.loss();
        this.accuracy = sum.accuracy();
        this.gradient = Values.floats(sum.gradient());
        this.statistics = Values.floats(sum.statistics());
    }

    /** The sum again; the caller closes it. */
    PairwiseSum toSum(Model model) {
        MetaGradient sum = new MetaGradient(
                tasks,
                loss,
                accuracy,
                parameters(model.parameters(), gradient),
                parameters(model.statistics(), statistics));
        return PairwiseSum.of(groups, sum);
    }

    private static Parameters parameters(Parameters like, float[] values) {
        Parameters parameters = Parameters.zeros(like.layout(), DataType.FLOAT);
        Transfer.write(values, parameters.flat());
        return parameters;
    }
}
