package io.fewshot4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fewshot4j.report.ResultsTable.Entry;
import io.fewshot4j.report.ResultsTable.Published;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTableTest {
    @Test
    void ours_and_published_figures_stand_in_columns_of_their_own() {
        Published paper = new Published("98.7 ± 0.4", true, "Finn et al. 2017, table 1 | 5-way");
        Entry entry = new Entry("MAML", "Omniglot", SampleRun.evaluation(), List.of(paper));

        assertThat(ResultsTable.markdown(List.of(entry))).isEqualTo("""
                        | method | data | task | protocol | queries per class | episodes | fewshot4j | published | source |
                        |---|---|---|---|--:|--:|--:|--:|---|
                        | MAML | Omniglot | 5-way 1-shot | transductive | 1 | 600 | 97.87 ± 0.58 | 98.7 ± 0.4 | Finn et al. 2017, table 1 \\| 5-way |
                        | MAML | Omniglot | 5-way 1-shot | inductive | 1 | 600 | 95.67 ± 0.81 | – | – |
                        """);
    }
}
