package io.sessionkit.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/**
 * How all pictures look: dark on white, which a page of any colour may be around, with
 * text as text.
 */
final class ChartStyle {

	static final Color SESSION_KIT = new Color(0x2563eb);

	static final Color PEER = new Color(0x64748b);

	static final Color FLOOR = new Color(0xcbd5e1);

	static final Color GRID = new Color(0xe2e8f0);

	static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

	private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);

	static final Color INK = new Color(0x1f2937);

	private static final Color FAINT_INK = new Color(0x57606a);

	private static final int WIDTH = 800;

	private static final int HEIGHT = 420;

	private static final String FAMILY = "-apple-system, Segoe UI, DejaVu Sans, Arial, sans-serif";

	private ChartStyle() {
	}

	static JFreeChart chart(String title, String subtitle, Plot plot) {
		plot.setOutlineVisible(false);
		plot.setBackgroundPaint(null);
		JFreeChart chart = new JFreeChart(null, TEXT, plot, false);
		chart.setBackgroundPaint(Color.WHITE);
		chart.setBorderVisible(true);
		chart.setBorderPaint(GRID);
		chart.setPadding(new RectangleInsets(12, 16, 12, 16));
		chart.addSubtitle(text(title, TITLE, INK));
		chart.addSubtitle(text(subtitle, TEXT, FAINT_INK));
		return chart;
	}

	private static TextTitle text(String text, Font font, Color color) {
		TextTitle title = new TextTitle(text, font);
		title.setPaint(color);
		title.setHorizontalAlignment(HorizontalAlignment.LEFT);
		title.setExpandToFitSpace(true);
		title.setPadding(0, 0, 6, 0);
		return title;
	}

	static void style(Axis axis) {
		axis.setLabelFont(TEXT);
		axis.setLabelPaint(FAINT_INK);
		axis.setTickLabelFont(TEXT);
		axis.setTickLabelPaint(INK);
		axis.setAxisLinePaint(FAINT_INK);
		axis.setTickMarkPaint(FAINT_INK);
	}

	static BasicStroke stroke(double width) {
		return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
	}

	/** The same in every country. */
	static DecimalFormat numbers(String pattern) {
		return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
	}

	/** The file, the same for the same chart. */
	static String svg(String name, JFreeChart chart) {
		SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
		DecimalFormat short2 = numbers("0.##");
		svg.setDefsKeyPrefix(name + "-");
		svg.setGeomDoubleConverter(short2::format);
		svg.setTransformDoubleConverter(short2::format);
		svg.setFontFunction((family) -> FAMILY);
		chart.draw(svg, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
		return svg.getSVGElement(null, true, new ViewBox(0, 0, WIDTH, HEIGHT), null, null) + "\n";
	}

}
