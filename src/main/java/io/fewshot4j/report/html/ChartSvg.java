package io.fewshot4j.report.html;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart drawn by XChart as SVG to be set into a page, in the page's own colours so that it follows light and dark.
 */
final class ChartSvg {
    private static final Color PAPER = new Color(251, 0, 1);
    private static final Color TEXT = new Color(251, 0, 2);
    private static final Color GRID = new Color(251, 0, 3);
    private static final int LOOKS = 4;
    private static final int MOST_LABELS = 12;
    private static final Pattern PROLOGUE = Pattern.compile("^.*?(?=<svg)", Pattern.DOTALL);
    private static final Pattern ATTRIBUTES = Pattern.compile(" (xmlns(:xlink)?|width|height|x|y|version)=\"[^\"]*\"");
    private static final Pattern LONG_NUMBER = Pattern.compile("(\\d\\.\\d{2})\\d+");

    private ChartSvg() {}

    /** The element. */
    static String draw(Chart chart, int width, int height) {
        XYChart drawing = new XYChartBuilder()
                .width(width)
                .height(height)
                .xAxisTitle(chart.xTitle())
                .yAxisTitle(chart.yTitle())
                .build();
        style(drawing.getStyler());
        drawing.getStyler().setXAxisMin(left(chart)).setXAxisTickMarkSpacingHint(100);
        if (chart.top() > 0) {
            drawing.getStyler().setYAxisMax(chart.top()).setYAxisDecimalPattern("0");
        }
        chart.lines().forEach(line -> add(drawing, line));
        return inPageColours(encode(drawing), chart.description());
    }

    private static double left(Chart chart) {
        return chart.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Chart.Point::x)
                .reduce(0, Math::min);
    }

    private static void style(XYStyler style) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        style.setBaseFont(font).setChartFontColor(TEXT).setChartBackgroundColor(PAPER);
        style.setPlotBackgroundColor(PAPER).setPlotBorderVisible(false).setChartPadding(2);
        style.setLegendPosition(Styler.LegendPosition.OutsideS).setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setLegendBackgroundColor(PAPER).setLegendBorderColor(PAPER).setLegendFont(font);
        style.setMarkerSize(6);
        style.setAxisTitleFont(font).setAxisTickLabelsFont(font).setAxisTickLabelsColor(TEXT);
        style.setAxisTickMarksColor(GRID).setPlotGridLinesColor(GRID).setPlotGridVerticalLinesVisible(false);
        style.setPlotGridLinesStroke(new BasicStroke(1)).setErrorBarsColorSeriesColor(true);
        style.setLocale(Locale.ROOT).setXAxisDecimalPattern("#,##0").setYAxisDecimalPattern("0.0##");
    }

    private static void add(XYChart drawing, Chart.Line line) {
        double[] x = column(line, Chart.Point::x);
        if (x.length > MOST_LABELS) {
            x[0] += 0.001; // XChart labels equally spaced values as they are instead of at round numbers
        }
        double[] y = column(line, Chart.Point::y);
        XYSeries series = line.hasIntervals()
                ? drawing.addSeries(line.name(), x, y, column(line, Chart.Point::error))
                : drawing.addSeries(line.name(), x, y);
        Color colour = colour(line.look());
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        boolean marked = line.hasIntervals() || x.length == 1 || line.look() == Chart.Look.POINTS;
        series.setMarker(marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setLineStyle(stroke(line.look()));
    }

    private static BasicStroke stroke(Chart.Look look) {
        return switch (look) {
            case FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH -> new BasicStroke(2);
            case FAINT -> new BasicStroke(1);
            case DASHED -> dashed(1);
            case FIRST_DASHED, SECOND_DASHED -> dashed(2);
            case POINTS -> SeriesLines.NONE;
        };
    }

    private static BasicStroke dashed(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
    }

    private static Color colour(Chart.Look look) {
        return switch (look) {
            case DASHED, POINTS -> TEXT;
            case FIRST_DASHED -> colour(Chart.Look.FIRST);
            case SECOND_DASHED -> colour(Chart.Look.SECOND);
            default -> new Color(251, 0, LOOKS + List.of(Chart.Look.values()).indexOf(look));
        };
    }

    private static double[] column(Chart.Line line, ToDoubleFunction<Chart.Point> value) {
        return line.points().stream()
                .mapToDouble(value)
                .map(v -> Double.isInfinite(v) ? Double.NaN : v)
                .toArray();
    }

    private static String encode(XYChart drawing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(drawing, bytes, VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String inPageColours(String svg, String description) {
        String body = PROLOGUE.matcher(svg).replaceFirst("");
        String id = "c" + Integer.toHexString(body.hashCode());
        int end = body.indexOf('>');
        String head = ATTRIBUTES.matcher(body.substring(0, end)).replaceAll("");
        String label = " role=\"img\" aria-label=\"" + Html.escape(description) + '"';
        String drawing = LONG_NUMBER
                .matcher(body.substring(end))
                .replaceAll("$1")
                .replace("\"clip", "\"" + id + "-clip")
                .replace("#clip", "#" + id + "-clip")
                .replaceAll(">\\s+<", "><")
                .replace("stroke-miterlimit:10;stroke-linecap:square;", "")
                .replace("fill:none;stroke:rgb", "stroke:rgb")
                .replace("rgb(251,0,1)", "none")
                .replace("rgb(251,0,2)", "var(--muted)")
                .replace("rgb(251,0,3)", "var(--line)");
        for (Chart.Look look : Chart.Look.values()) {
            drawing = drawing.replace(
                    "rgb(251,0," + colour(look).getBlue() + ")",
                    "var(--" + look.name().toLowerCase(Locale.ROOT) + ")");
        }
        return head + label + drawing;
    }
}
