package io.keysteward.xlsx;

import java.io.IOException;
import java.io.InputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/**
 * The elements of a part of a workbook, one after the other. Whatever a part holds, no
 * more than a text of ten megabytes is in memory.
 */
final class PartReader implements AutoCloseable {

	/** In bytes of the file, and in characters of a text that consists of several. */
	static final int LONGEST = 10_000_000;

	/** Elements in elements; a workbook has some ten. */
	private static final int DEEPEST = 100;

	private final BoundedStream in;

	private final XMLStreamReader xml;

	private int depth;

	PartReader(InputStream in) throws XMLStreamException {
		this.in = new BoundedStream(in, LONGEST);
		this.xml = factory().createXMLStreamReader(this.in);
	}

	private static XMLInputFactory factory() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		return factory;
	}

	/**
	 * {@return whether there is a next element; then it has just started}
	 */
	boolean nextElement() throws XMLStreamException {
		while (this.xml.hasNext()) {
			if (next() == XMLStreamConstants.START_ELEMENT) {
				return true;
			}
		}
		return false;
	}

	/**
	 * {@return whether there is a next element before the end of the one with this name}
	 */
	boolean nextElementIn(String parent) throws XMLStreamException {
		while (this.xml.hasNext()) {
			int event = next();
			if (event == XMLStreamConstants.START_ELEMENT) {
				return true;
			}
			if (event == XMLStreamConstants.END_ELEMENT && name().equals(parent)) {
				return false;
			}
		}
		return false;
	}

	private int next() throws XMLStreamException {
		this.in.allowMore();
		int event = this.xml.next();
		switch (event) {
			case XMLStreamConstants.START_ELEMENT -> this.depth++;
			case XMLStreamConstants.END_ELEMENT -> this.depth--;
			case XMLStreamConstants.DTD -> throw new XMLStreamException("A part of a workbook declares no entities");
			default -> {
			}
		}
		if (this.depth > DEEPEST) {
			throw new XMLStreamException("Elements are nested without end");
		}
		return event;
	}

	String name() {
		return this.xml.getLocalName();
	}

	@Nullable String attribute(String name) {
		return this.xml.getAttributeValue(null, name);
	}

	boolean isTrue(String attribute) {
		String value = attribute(attribute);
		return "1".equals(value) || "true".equals(value);
	}

	/**
	 * {@return the text of this element, which has no others}
	 */
	String text() throws XMLStreamException {
		this.in.allowMore();
		String text = this.xml.getElementText();
		this.depth--;
		return text;
	}

	/**
	 * {@return the text of this element, which may have several formats; without the
	 * hints how to pronounce it}
	 */
	String richText() throws XMLStreamException {
		String parent = name();
		String first = "";
		StringBuilder all = null;
		while (nextElementIn(parent)) {
			switch (name()) {
				case "t" -> {
					String text = EscapedText.decoded(text());
					if (first.isEmpty()) {
						first = text;
					}
					else {
						all = (all != null) ? all : new StringBuilder(first);
						append(all, text);
					}
				}
				case "rPh" -> skip();
				default -> {
				}
			}
		}
		return (all != null) ? all.toString() : first;
	}

	private static void append(StringBuilder all, String text) throws XMLStreamException {
		if (all.length() + text.length() > LONGEST) {
			throw new XMLStreamException(BoundedStream.TOO_LONG);
		}
		all.append(text);
	}

	/** Skips the rest of this element. */
	void skip() throws XMLStreamException {
		for (int outside = this.depth - 1; this.depth > outside;) {
			next();
		}
	}

	@Override
	public void close() {
		try {
			this.in.close();
		}
		catch (IOException ex) {
			// What was read stays valid.
		}
	}

}
