package io.sessionkit.benchmarks;

import java.awt.Color;
import java.awt.Paint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Bars beside their names, in panels side by side, each with a scale of its own. Each bar
 * says its number.
 */
final class BarChart {

	/** For the number at the end of the longest bar. */
	private static final double ROOM = 0.3;

	private final List<String> names;

	private final Map<String, Map<String, Double>> panels = new LinkedHashMap<>();

	BarChart(List<String> names) {
		this.names = names;
	}

	/** Adds a panel, if there is a number for any name. */
	void panel(String title, Function<String, OptionalDouble> numbers) {
		Map<String, Double> panel = new LinkedHashMap<>();
		this.names.forEach((name) -> numbers.apply(name).ifPresent((number) -> panel.put(name, number)));
		if (!panel.isEmpty()) {
			this.panels.put(title, panel);
		}
	}

	/** Empty without a panel. */
	Optional<JFreeChart> draw(String title, String subtitle) {
		if (this.panels.isEmpty()) {
			return Optional.empty();
		}
		CategoryAxis axis = new CategoryAxis();
		ChartStyle.style(axis);
		axis.setAxisLineVisible(false);
		axis.setTickMarksVisible(false);
		axis.setLowerMargin(0.02);
		axis.setUpperMargin(0.02);
		axis.setCategoryMargin(0.25);
		axis.setMaximumCategoryLabelWidthRatio(1);
		CombinedDomainCategoryPlot plot = new CombinedDomainCategoryPlot(axis);
		plot.setGap(16);
		List<String> present = this.names.stream()
			.filter((name) -> this.panels.values().stream().anyMatch((panel) -> panel.containsKey(name)))
			.toList();
		this.panels.forEach((name, panel) -> plot.add(plot(name, dataset(present, panel))));
		plot.setOrientation(PlotOrientation.HORIZONTAL);
		return Optional.of(ChartStyle.chart(title, subtitle, plot));
	}

	/** All panels need all names, or else bars would not be beside them. */
	private static CategoryDataset dataset(List<String> names, Map<String, Double> panel) {
		DefaultCategoryDataset dataset = new DefaultCategoryDataset();
		names.forEach((name) -> dataset.addValue(panel.get(name), "", name));
		return dataset;
	}

	private static CategoryPlot plot(String title, CategoryDataset dataset) {
		NumberAxis axis = new NumberAxis(title);
		ChartStyle.style(axis);
		axis.setTickLabelsVisible(false);
		axis.setTickMarksVisible(false);
		axis.setAxisLineVisible(false);
		axis.setUpperMargin(ROOM);
		CategoryPlot plot = new CategoryPlot(dataset, null, axis, new Bars());
		plot.setRangeAxisLocation(AxisLocation.TOP_OR_LEFT);
		plot.setRangeGridlinesVisible(false);
		plot.setBackgroundPaint(null);
		plot.setOutlineVisible(false);
		return plot;
	}

	/** Coloured by whose they are. */
	private static final class Bars extends BarRenderer {

		Bars() {
			setBarPainter(new StandardBarPainter());
			setShadowVisible(false);
			setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", ChartStyle.numbers("#,##0")));
			setDefaultItemLabelsVisible(true);
			setDefaultItemLabelFont(ChartStyle.TEXT);
			setDefaultItemLabelPaint(ChartStyle.INK);
			setDefaultPositiveItemLabelPosition(
					new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
		}

		@Override
		public Paint getItemPaint(int row, int column) {
			return color(String.valueOf(getPlot().getDataset().getColumnKey(column)));
		}

		private static Color color(String name) {
			if (name.startsWith("sessionkit")) {
				return ChartStyle.SESSION_KIT;
			}
			return name.startsWith("floor") ? ChartStyle.FLOOR : ChartStyle.PEER;
		}

	}

}
