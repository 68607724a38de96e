package io.keysteward.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/**
 * A workbook's shared strings, packed as bytes in memory: cells refer to them by number
 * in any order, and fields that no definition names must not reach a disk.
 */
final class SharedTexts {

	private static final int BLOCK = 1 << 20;

	private final List<byte[]> blocks = new ArrayList<>();

	/** The start of each text: its block and its offset. */
	private long[] places = new long[1 << 10];

	private int count;

	private int used;

	/**
	 * {@return a workbook's shared strings}
	 * @param in the workbook's part with them; null: there is none
	 */
	static SharedTexts read(XMLInputFactory xml, @Nullable InputStream in) throws IOException, XMLStreamException {
		SharedTexts texts = new SharedTexts();
		if (in == null) {
			return texts;
		}
		try (in) {
			XMLStreamReader reader = xml.createXMLStreamReader(in);
			StringBuilder text = new StringBuilder();
			while (reader.hasNext()) {
				int event = reader.next();
				if (event == XMLStreamConstants.START_ELEMENT) {
					switch (reader.getLocalName()) {
						case "si" -> text.setLength(0);
						case "t" -> text.append(reader.getElementText());
						case "rPh" -> XlsxFeed.skip(reader);
						default -> {
						}
					}
				}
				else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("si")) {
					texts.add(text.toString());
				}
			}
			return texts;
		}
	}

	private void add(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		int needed = bytes.length + Integer.BYTES;
		if (this.blocks.isEmpty() || this.used + needed > last().length) {
			this.blocks.add(new byte[Math.max(BLOCK, needed)]);
			this.used = 0;
		}
		if (this.count == this.places.length) {
			this.places = Arrays.copyOf(this.places, this.count * 2);
		}
		this.places[this.count++] = ((long) (this.blocks.size() - 1) << 32) | this.used;
		byte[] block = last();
		for (int shift = 24; shift >= 0; shift -= 8) {
			block[this.used++] = (byte) (bytes.length >> shift);
		}
		System.arraycopy(bytes, 0, block, this.used, bytes.length);
		this.used += bytes.length;
	}

	private byte[] last() {
		return this.blocks.get(this.blocks.size() - 1);
	}

	/**
	 * {@return the text with a number; null: there is none}
	 */
	@Nullable String get(int number) {
		if (number < 0 || number >= this.count) {
			return null;
		}
		byte[] block = this.blocks.get((int) (this.places[number] >> 32));
		int place = (int) this.places[number];
		int length = 0;
		for (int i = 0; i < Integer.BYTES; i++) {
			length = (length << 8) | (block[place + i] & 0xff);
		}
		return new String(block, place + Integer.BYTES, length, StandardCharsets.UTF_8);
	}

}
