package io.keysteward.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/**
 * A workbook's shared strings, to which cells refer by number in any order. The blocks
 * that were used last are in memory, the others in an encrypted file: they hold fields
 * too that no definition names.
 */
final class SharedTexts implements AutoCloseable {

	/** In bytes; a longer text has a block of its own. */
	private static final int BLOCK = 1 << 14;

	/** Sixteen megabytes. */
	private static final int BLOCKS_HELD = 1 << 10;

	private final Map<Integer, Block> held = new LinkedHashMap<>(16, 0.75f, true);

	/** By block, the number of its first text. */
	private final List<Integer> firsts = new ArrayList<>();

	private final EncryptedBlocks file;

	private final int blocksHeld;

	private byte[] filling = new byte[BLOCK];

	private int filled;

	private int count;

	private SharedTexts(EncryptedBlocks file, int blocksHeld) {
		this.file = file;
		this.blocksHeld = blocksHeld;
	}

	/**
	 * {@return a workbook's shared strings}
	 * @param shown the workbook's name in messages
	 * @param in the workbook's part with them; null: there is none
	 */
	static SharedTexts read(String shown, XMLInputFactory xml, @Nullable InputStream in)
			throws IOException, XMLStreamException {
		return read(new EncryptedBlocks(shown), BLOCKS_HELD, xml, in);
	}

	/**
	 * {@return a workbook's shared strings}
	 * @param file where those are that are not in memory
	 * @param blocksHeld how many blocks are in memory
	 * @param in the workbook's part with them; null: there is none
	 */
	static SharedTexts read(EncryptedBlocks file, int blocksHeld, XMLInputFactory xml, @Nullable InputStream in)
			throws IOException, XMLStreamException {
		SharedTexts texts = new SharedTexts(file, blocksHeld);
		try {
			if (in != null) {
				texts.fill(xml, in);
			}
			return texts;
		}
		catch (IOException | XMLStreamException | RuntimeException ex) {
			texts.close();
			throw ex;
		}
	}

	private void fill(XMLInputFactory xml, InputStream in) throws IOException, XMLStreamException {
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
					add(text.toString().getBytes(StandardCharsets.UTF_8));
				}
			}
			endBlock();
		}
	}

	private void add(byte[] text) {
		int needed = Integer.BYTES + text.length;
		if (this.filled > 0 && this.filled + needed > this.filling.length) {
			endBlock();
		}
		if (this.filled == 0) {
			this.firsts.add(this.count);
			this.filling = new byte[Math.max(BLOCK, needed)];
		}
		for (int shift = 24; shift >= 0; shift -= Byte.SIZE) {
			this.filling[this.filled++] = (byte) (text.length >> shift);
		}
		System.arraycopy(text, 0, this.filling, this.filled, text.length);
		this.filled += text.length;
		this.count++;
	}

	private void endBlock() {
		if (this.filled > 0) {
			hold(this.firsts.size() - 1, Block.of(Arrays.copyOf(this.filling, this.filled)));
			this.filled = 0;
		}
	}

	private void hold(int number, Block block) {
		this.held.put(number, block);
		if (this.held.size() > this.blocksHeld) {
			Map.Entry<Integer, Block> eldest = this.held.entrySet().iterator().next();
			this.file.keep(eldest.getKey(), eldest.getValue().bytes());
			this.held.remove(eldest.getKey());
		}
	}

	/**
	 * {@return the text with a number; null: there is none}
	 */
	@Nullable String get(int number) {
		if (number < 0 || number >= this.count) {
			return null;
		}
		int block = block(number);
		Block texts = this.held.get(block);
		if (texts == null) {
			texts = Block.of(this.file.kept(block));
			hold(block, texts);
		}
		return texts.text(number - this.firsts.get(block));
	}

	/**
	 * {@return the last block of which the first text is not after this one}
	 */
	private int block(int number) {
		int from = 0;
		int to = this.firsts.size() - 1;
		while (from < to) {
			int middle = (from + to + 1) / 2;
			if (this.firsts.get(middle) <= number) {
				from = middle;
			}
			else {
				to = middle - 1;
			}
		}
		return from;
	}

	@Override
	public void close() {
		this.file.close();
	}

	/**
	 * Some texts, one after the other, each after its length.
	 *
	 * @param bytes the lengths and texts
	 * @param starts where each begins
	 */
	private record Block(byte[] bytes, int[] starts) {

		static Block of(byte[] bytes) {
			int[] starts = new int[bytes.length / Integer.BYTES];
			int texts = 0;
			for (int at = 0; at < bytes.length; at += Integer.BYTES + length(bytes, at)) {
				starts[texts++] = at;
			}
			return new Block(bytes, Arrays.copyOf(starts, texts));
		}

		String text(int number) {
			int start = this.starts[number];
			return new String(this.bytes, start + Integer.BYTES, length(this.bytes, start), StandardCharsets.UTF_8);
		}

		private static int length(byte[] bytes, int at) {
			int length = 0;
			for (int i = 0; i < Integer.BYTES; i++) {
				length = (length << Byte.SIZE) | (bytes[at + i] & 0xff);
			}
			return length;
		}

	}

}
