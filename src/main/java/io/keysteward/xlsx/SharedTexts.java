package io.keysteward.xlsx;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLStreamException;

import org.jspecify.annotations.Nullable;

/**
 * A workbook's shared strings, to which cells refer by number in any order. The blocks
 * that were used last are in memory, the others in an encrypted file: they hold fields
 * too that no definition names.
 */
final class SharedTexts implements AutoCloseable {

	/** In bytes; a longer text has a block of its own. */
	private static final int BLOCK = 1 << 14;

	private static final int BYTES_HELD = 1 << 24;

	private final Map<Integer, Block> held = new LinkedHashMap<>(16, 0.75f, true);

	/** By block, the number of its first text. */
	private final List<Integer> firsts = new ArrayList<>();

	private final EncryptedBlocks file;

	private final int mostHeld;

	private long bytesHeld;

	private byte[] filling = new byte[BLOCK];

	private int filled;

	private int count;

	private SharedTexts(EncryptedBlocks file, int mostHeld) {
		this.file = file;
		this.mostHeld = mostHeld;
	}

	/**
	 * {@return a workbook's shared strings}
	 * @param shown the workbook's name in messages
	 * @param in the workbook's part with them; null: there is none
	 */
	static SharedTexts read(String shown, @Nullable InputStream in) throws XMLStreamException {
		return read(new EncryptedBlocks(shown), BYTES_HELD, in);
	}

	/**
	 * {@return a workbook's shared strings}
	 * @param file where those are that are not in memory
	 * @param mostHeld how many bytes are in memory, besides the block that was used last
	 * @param in the workbook's part with them; null: there is none
	 */
	static SharedTexts read(EncryptedBlocks file, int mostHeld, @Nullable InputStream in) throws XMLStreamException {
		SharedTexts texts = new SharedTexts(file, mostHeld);
		try {
			if (in != null) {
				texts.fill(in);
			}
			return texts;
		}
		catch (XMLStreamException | RuntimeException ex) {
			texts.close();
			throw ex;
		}
	}

	private void fill(InputStream in) throws XMLStreamException {
		try (PartReader part = new PartReader(in)) {
			while (part.nextElement()) {
				if (part.name().equals("si")) {
					add(part.richText().getBytes(StandardCharsets.UTF_8));
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
		this.bytesHeld += block.bytes().length;
		while (this.bytesHeld > this.mostHeld && this.held.size() > 1) {
			Map.Entry<Integer, Block> eldest = this.held.entrySet().iterator().next();
			this.file.keep(eldest.getKey(), eldest.getValue().bytes());
			this.bytesHeld -= eldest.getValue().bytes().length;
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
