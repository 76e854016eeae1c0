package io.sessionkit.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

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
	static String svg(JFreeChart chart) {
		Document document = GenericDOMImplementation.getDOMImplementation()
			.createDocument("http://www.w3.org/2000/svg", "svg", null);
		SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
		context.setComment(null);
		context.setPrecision(2);
		SVGGraphics2D graphics = new SVGGraphics2D(context, false);
		graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
		chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
		Element root = graphics.getRoot();
		root.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
		StringWriter svg = new StringWriter();
		try {
			graphics.stream(root, svg, true, false);
		}
		catch (SVGGraphics2DIOException ex) {
			throw new UncheckedIOException(ex);
		}
		return svg.toString();
	}

}
