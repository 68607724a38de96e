package io.keysteward.report.workbook;

import java.util.List;

import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.BarGrouping;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.MarkerStyle;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFLineChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.xmlbeans.XmlCursor;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTBarChart;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTBarSer;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTDLbls;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTNumFmt;

/**
 * The charts of the Summary, drawn from cells of the same sheet.
 */
final class Charts {

	private static final String CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart";

	private static final String NO_ZERO = "#,##0;-#,##0;";

	/** In hundredths of a point. */
	private static final int TITLE_SIZE = 1200;

	private final XSSFSheet sheet;

	private final int firstRow;

	private final int lastRow;

	/**
	 * Prepares a row of charts.
	 * @param sheet the sheet
	 * @param firstRow their first line
	 * @param lastRow the first line below them
	 */
	Charts(XSSFSheet sheet, int firstRow, int lastRow) {
		this.sheet = sheet;
		this.firstRow = firstRow;
		this.lastRow = lastRow;
	}

	/**
	 * Draws horizontal bars, the first category on top; several series are stacked.
	 */
	void bars(Place place, CellRangeAddress categories, List<Series> series) {
		XSSFChart chart = chart(place, series.size() > 1);
		XDDFCategoryAxis names = chart.createCategoryAxis(AxisPosition.LEFT);
		XDDFValueAxis numbers = chart.createValueAxis(AxisPosition.BOTTOM);
		names.setOrientation(AxisOrientation.MAX_MIN);
		numbers.setCrosses(AxisCrosses.MAX);
		tidy(numbers);
		XDDFBarChartData data = (XDDFBarChartData) chart.createData(ChartTypes.BAR, names, numbers);
		data.setBarDirection(BarDirection.BAR);
		data.setGapWidth(45);
		if (series.size() > 1) {
			data.setBarGrouping(BarGrouping.STACKED);
		}
		addTo(data, categories, series);
		chart.plot(data);
		if (series.size() > 1) {
			overlap(chart.getCTChart().getPlotArea().getBarChartArray(0));
		}
		for (CTBarSer bar : chart.getCTChart().getPlotArea().getBarChartArray(0).getSerList()) {
			label(bar.isSetDLbls() ? bar.getDLbls() : bar.addNewDLbls());
		}
	}

	/**
	 * Draws lines with markers, the first category on the left.
	 */
	void lines(Place place, CellRangeAddress categories, List<Series> series) {
		XSSFChart chart = chart(place, true);
		XDDFCategoryAxis names = chart.createCategoryAxis(AxisPosition.BOTTOM);
		XDDFValueAxis numbers = chart.createValueAxis(AxisPosition.LEFT);
		numbers.setCrosses(AxisCrosses.AUTO_ZERO);
		tidy(numbers);
		XDDFLineChartData data = (XDDFLineChartData) chart.createData(ChartTypes.LINE, names, numbers);
		addTo(data, categories, series);
		for (int line = 0; line < series.size(); line++) {
			XDDFLineChartData.Series drawn = (XDDFLineChartData.Series) data.getSeries(line);
			drawn.setSmooth(false);
			drawn.setMarkerStyle((line == 0) ? MarkerStyle.CIRCLE : MarkerStyle.DIAMOND);
			drawn.setLineProperties(stroke(series.get(line).colour(), 2.25));
		}
		chart.plot(data);
	}

	private XSSFChart chart(Place place, boolean legend) {
		XSSFClientAnchor anchor = new XSSFClientAnchor(0, 0, 0, 0, place.firstColumn(), this.firstRow,
				place.endColumn(), this.lastRow);
		XSSFChart chart = this.sheet.createDrawingPatriarch().createChart(anchor);
		chart.setTitleText(place.title());
		chart.setTitleOverlay(false);
		chart.getCTChart().getTitle().getTx().getRich().getPArray(0).getRArray(0).getRPr().setSz(TITLE_SIZE);
		chart.getGraphicFrame().setName(place.title());
		chart.getGraphicFrame()
			.getCTGraphicalObjectFrame()
			.getNvGraphicFramePr()
			.getCNvPr()
			.setDescr(place.description());
		if (legend) {
			chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
		}
		return chart;
	}

	private void addTo(XDDFChartData data, CellRangeAddress categories, List<Series> series) {
		XDDFCategoryDataSource names = XDDFDataSourcesFactory.fromStringCellRange(this.sheet, categories);
		for (Series one : series) {
			XDDFNumericalDataSource<Double> numbers = XDDFDataSourcesFactory.fromNumericCellRange(this.sheet,
					one.numbers());
			XDDFChartData.Series added = data.addSeries(names, numbers);
			added.setTitle(one.name(), null);
			added.setFillProperties(new XDDFSolidFillProperties(XDDFColor.from(Palette.rgb(one.colour()))));
		}
		data.setVaryColors(false);
	}

	private static void tidy(XDDFValueAxis numbers) {
		numbers.setMinimum(0);
		numbers.setNumberFormat("#,##0");
		numbers.getOrAddMajorGridProperties().setLineProperties(stroke(Palette.LINE, 0.75));
	}

	private static void label(CTDLbls labels) {
		CTNumFmt format = labels.addNewNumFmt();
		format.setFormatCode(NO_ZERO);
		format.setSourceLinked(false);
		labels.addNewShowLegendKey().setVal(false);
		labels.addNewShowVal().setVal(true);
		labels.addNewShowCatName().setVal(false);
		labels.addNewShowSerName().setVal(false);
		labels.addNewShowPercent().setVal(false);
		labels.addNewShowBubbleSize().setVal(false);
	}

	/**
	 * Stacked bars need an overlap to lie in one line; POI's small schema jar does not
	 * know the element, so it is inserted as XML.
	 */
	private static void overlap(CTBarChart bars) {
		try (XmlCursor cursor = bars.getGapWidth().newCursor()) {
			cursor.toEndToken();
			cursor.toNextToken();
			cursor.beginElement("overlap", CHART_NAMESPACE);
			cursor.insertAttributeWithValue("val", "100");
		}
	}

	private static XDDFLineProperties stroke(String colour, double width) {
		XDDFLineProperties line = new XDDFLineProperties(
				new XDDFSolidFillProperties(XDDFColor.from(Palette.rgb(colour))));
		line.setWidth(width);
		return line;
	}

	/**
	 * The place and the texts of a chart.
	 *
	 * @param title for everyone
	 * @param description for people who cannot see it
	 * @param firstColumn its first column
	 * @param endColumn the first column to its right
	 */
	record Place(String title, String description, int firstColumn, int endColumn) {
	}

	/**
	 * A series of numbers.
	 *
	 * @param name the name of the series
	 * @param numbers the cells that hold them
	 * @param colour in hex
	 */
	record Series(String name, CellRangeAddress numbers, String colour) {
	}

}
