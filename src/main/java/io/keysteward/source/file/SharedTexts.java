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

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A workbook's shared strings, packed as bytes in memory: cells refer to them by number
 * in any order, and fields that no definition names must not reach a disk.
 */
final class SharedTexts {

	private static final int BLOCK = 1 << 20;

	/** The rest of a run needs memory too. */
	private static final int SHARE_OF_MEMORY = 3;

	private final List<byte[]> blocks = new ArrayList<>();

	/** The start of each text: its block and its offset. */
	private long[] places = new long[1 << 10];

	private final String shown;

	private final long most;

	private long size;

	private int count;

	private int used;

	private SharedTexts(String shown, long most) {
		this.shown = shown;
		this.most = most;
	}

	/**
	 * {@return a workbook's shared strings, as far as a part of the memory holds them}
	 * @param shown the workbook's name in messages
	 * @param in the workbook's part with them; null: there is none
	 */
	static SharedTexts read(String shown, XMLInputFactory xml, @Nullable InputStream in)
			throws IOException, XMLStreamException {
		return read(shown, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY, xml, in);
	}

	/**
	 * {@return a workbook's shared strings}
	 * @param shown the workbook's name in messages
	 * @param most the most bytes that they may take
	 * @param in the workbook's part with them; null: there is none
	 */
	static SharedTexts read(String shown, long most, XMLInputFactory xml, @Nullable InputStream in)
			throws IOException, XMLStreamException {
		SharedTexts texts = new SharedTexts(shown, most);
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
			this.blocks.add(new byte[taken(Math.max(BLOCK, needed))]);
			this.used = 0;
		}
		if (this.count == this.places.length) {
			taken(this.count * Long.BYTES);
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

	private int taken(int bytes) {
		this.size += bytes;
		if (this.size > this.most) {
			throw Failure.configuration(this.shown + ": its texts take more than " + (this.most >> 20)
					+ " MB of memory, a third of what Java has; export it as CSV, or give Java more (-Xmx)");
		}
		return bytes;
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
