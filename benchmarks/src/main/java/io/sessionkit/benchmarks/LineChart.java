package io.sessionkit.benchmarks;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Lines over steps, in panels one above the other. Both axes are logarithmic: a flat line
 * costs the same at each step, and a straight one grows in proportion.
 */
final class LineChart {

	private static final Color[] COLORS = { ChartStyle.SESSION_KIT, new Color(0x0d9488), new Color(0xd97706),
			new Color(0x9333ea) };

	private static final double POINT = 7;

	private final String steps;

	private final Map<String, List<Line>> panels = new LinkedHashMap<>();

	LineChart(String steps) {
		this.steps = steps;
	}

	/** Adds a panel, if there is a point in any line. */
	void panel(String title, List<Line> lines) {
		if (lines.stream().anyMatch((line) -> !line.points.isEmpty())) {
			this.panels.put(title, lines);
		}
	}

	/** Empty without a panel. */
	Optional<JFreeChart> draw(String title, String subtitle) {
		if (this.panels.isEmpty()) {
			return Optional.empty();
		}
		CombinedDomainXYPlot plot = new CombinedDomainXYPlot(axis(this.steps));
		plot.setGap(16);
		this.panels.forEach((name, lines) -> plot.add(plot(name, lines)));
		JFreeChart chart = ChartStyle.chart(title, subtitle, plot);
		LegendTitle legend = new LegendTitle(plot.getSubplots().get(0));
		legend.setPosition(RectangleEdge.TOP);
		legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
		legend.setItemFont(ChartStyle.TEXT);
		legend.setItemPaint(ChartStyle.INK);
		legend.setFrame(BlockBorder.NONE);
		chart.addSubtitle(legend);
		return Optional.of(chart);
	}

	private static ValueAxis axis(String label) {
		DecadeAxis axis = new DecadeAxis(label);
		ChartStyle.style(axis);
		return axis;
	}

	private static XYPlot plot(String title, List<Line> lines) {
		XYSeriesCollection dataset = new XYSeriesCollection();
		XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
		for (int i = 0; i < lines.size(); i++) {
			XYSeries series = new XYSeries(lines.get(i).name);
			lines.get(i).points.forEach((point) -> series.add(point.step, point.value));
			dataset.addSeries(series);
			renderer.setSeriesPaint(i, COLORS[i]);
			renderer.setSeriesStroke(i, ChartStyle.stroke(2));
			renderer.setSeriesShape(i, new Ellipse2D.Double(-POINT / 2, -POINT / 2, POINT, POINT));
			renderer.setSeriesVisibleInLegend(i, !lines.get(i).points.isEmpty());
		}
		XYPlot plot = new XYPlot(dataset, null, axis(title), renderer);
		plot.setBackgroundPaint(null);
		plot.setOutlineVisible(false);
		plot.setDomainGridlinesVisible(false);
		plot.setRangeGridlinePaint(ChartStyle.GRID);
		plot.setRangeGridlineStroke(ChartStyle.stroke(1));
		return plot;
	}

	/**
	 * What is measured at several steps.
	 *
	 * @param name as the legend says it
	 * @param points those that were measured
	 */
	record Line(String name, List<Point> points) {

	}

	/**
	 * One number.
	 *
	 * @param step how many there were
	 * @param value what it took
	 */
	record Point(double step, double value) {

	}

}
