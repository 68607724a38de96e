package io.keysteward.report.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RowXmlTests {

	@Test
	void aRowIsXmlWithReferences() throws IOException {
		try (XSSFWorkbook workbook = new XSSFWorkbook()) {
			CellStyle style = workbook.createCellStyle();
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			RowXml xml = new RowXml(out, 5);
			xml.row(1048576, 30);
			xml.blank(style);
			xml.number(12, style);
			xml.number(46349.5, style);
			xml.text("a <b> & c", style);
			xml.text(" é", style);
			xml.endRow();
			xml.row(2, 0);
			xml.endRow();
			assertThat(out.size()).isZero();
			xml.flush();
			assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
					<row r="1048576" customHeight="1" ht="30">\
					<c r="A1048576" s="1"/>\
					<c r="B1048576" s="1"><v>12</v></c>\
					<c r="C1048576" s="1"><v>46349.5</v></c>\
					<c r="D1048576" s="1" t="inlineStr"><is><t>a &lt;b&gt; &amp; c</t></is></c>\
					<c r="E1048576" s="1" t="inlineStr"><is><t xml:space="preserve"> é</t></is></c>\
					</row><row r="2"></row>""");
		}
	}

}
