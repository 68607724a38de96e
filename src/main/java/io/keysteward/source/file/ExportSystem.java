package io.keysteward.source.file;

import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;

import io.keysteward.source.Place;
import io.keysteward.source.landing.LandedReading;
import io.keysteward.source.landing.LandedSystem;
import org.jspecify.annotations.Nullable;

/**
 * A system that is known only by its exported file.
 */
final class ExportSystem implements LandedSystem {

	private final ExportPlace place;

	private final String encodingProperty;

	private final @Nullable Charset encoding;

	private final Clock clock;

	/**
	 * Creates the system.
	 * @param encodingProperty the setting of the encoding, for messages
	 * @param encoding the file's encoding; null: it is detected
	 */
	ExportSystem(ExportPlace place, String encodingProperty, @Nullable Charset encoding, Clock clock) {
		this.place = place;
		this.encodingProperty = encodingProperty;
		this.encoding = encoding;
		this.clock = clock;
	}

	@Override
	public Place place() {
		return this.place.place();
	}

	@Override
	public Instant now() {
		return this.clock.instant();
	}

	@Override
	public LandedReading open() {
		FoundFile file = this.place.findFresh();
		ExportContent content = ExportContent.read(this.place.shown(file), file.path());
		return new ExportReading(this.place, file, content,
				new ExportText(this.place.shown(file), file.path(), content, this.encodingProperty, this.encoding),
				this.clock.instant());
	}

}
