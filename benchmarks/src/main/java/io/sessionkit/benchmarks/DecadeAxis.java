package io.sessionkit.benchmarks;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;

import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with round numbers at its ticks, where the library has fractions of
 * a power: 1, 10, 100, and some between them where the axis is short.
 */
final class DecadeAxis extends LogAxis {

	private static final long serialVersionUID = 1;

	DecadeAxis(String label) {
		super(label);
	}

	@Override
	public List<NumberTick> refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
		double least = getRange().getLowerBound();
		double most = getRange().getUpperBound();
		boolean below = RectangleEdge.isTopOrBottom(edge);
		NumberFormat format = ChartStyle.numbers("#,##0.####");
		List<NumberTick> ticks = new ArrayList<>();
		for (int power = (int) Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
			for (double step : steps(Math.log10(most / least))) {
				double value = step * Math.pow(10, power);
				if (value >= least && value <= most) {
					ticks.add(new NumberTick(value, format.format(value),
							below ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT, TextAnchor.CENTER, 0));
				}
			}
		}
		return ticks;
	}

	private static double[] steps(double decades) {
		if (decades > 3) {
			return new double[] { 1 };
		}
		return (decades > 1.5) ? new double[] { 1, 3 } : new double[] { 1, 2, 5 };
	}

}
