package io.fewshot4j.learner.head;

import io.fewshot4j.learner.Adapted;
import io.fewshot4j.learner.Support;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * One-hot labels regressed on rows of length 1 in closed form, as in <a
 * href="https://arxiv.org/abs/1805.08136">Bertinetto et
 * al. 2019</a>; the regressed values times ten are the logits.
 *
 * @param penalty weight of the squared weights, above 0
 */
public record RidgeRegression(double penalty) implements Head {
    private static final double LOGIT_SCALE = 10;

    public RidgeRegression {
        if (!(penalty > 0)) {
            throw new IllegalArgumentException("penalty must be above 0, got " + penalty);
        }
    }

    /** W = X^T (X X^T + penalty I)^-1 Y: as large a matrix is solved as there are support rows. */
    @Override
    public Adapted fit(Support support) {
        List<double[]> rows =
                Rows.of(support.examples()).stream().map(Rows::unit).toList();
        RealMatrix targets = new Array2DRowRealMatrix(rows.size(), support.way());
        IntStream.range(0, rows.size())
                .forEach(i -> targets.setEntry(i, support.examples().label(i), 1));
        RealMatrix duals =
                new CholeskyDecomposition(penalised(rows)).getSolver().solve(targets);
        List<double[]> weights = IntStream.range(0, support.way())
                .mapToObj(label -> Rows.sum(rows, duals.getColumn(label)))
                .toList();
        return (queries, statistics) -> Rows.scores(
                Rows.of(queries).stream().map(Rows::unit).toList(),
                query -> weights.stream()
                        .mapToDouble(weight -> LOGIT_SCALE * Rows.product(query, weight))
                        .toArray());
    }

    private RealMatrix penalised(List<double[]> rows) {
        RealMatrix gram = new Array2DRowRealMatrix(Rows.products(rows));
        IntStream.range(0, rows.size()).forEach(i -> gram.addToEntry(i, i, penalty));
        return gram;
    }
}
