package io.fewshot4j.report.html;

/** A chart in the page twice, of which the page shows the one that suits its width. */
public final class Figure {
    private static final int WIDE = 760;
    private static final int NARROW = 360;
    private static final int HEIGHT = 320;

    private Figure() {}

    /** Without the fonts that drawing needs there is a note in its place: a report is not lost for want of them. */
    static String of(Chart chart) {
        try {
            String wide = ChartSvg.draw(chart, WIDE, HEIGHT);
            String narrow = ChartSvg.draw(chart, NARROW, HEIGHT);
            return Html.markup(
                    "figure", Html.markup("div class=\"wide\"", wide) + Html.markup("div class=\"narrow\"", narrow));
        } catch (LinkageError | InternalError e) {
            return Html.tag(
                    "p",
                    "There is no chart because this machine could not draw one, most likely for want of fonts (install"
                            + " fontconfig and DejaVu). The tables have its figures.");
        }
    }
}
