package io.keysteward.notice.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.keysteward.http.Answer;
import io.keysteward.http.HttpConnection;
import io.keysteward.http.NoAnswer;
import io.keysteward.http.Pause;
import io.keysteward.http.RetryAfter;
import io.keysteward.http.TrustedAuthorities;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.unit.DataSize;

/**
 * A channel: posts messages, waits where it is busy, and judges its answers. A channel
 * that did not answer is left alone until the next start.
 */
public final class Channel {

	/** How its settings begin. */
	public static final String PROPERTY = "keysteward.channels";

	private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int ATTEMPTS = 3;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	/** The longest pause that a channel may ask for within a run. */
	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private static final DataSize LARGEST_ANSWER = DataSize.ofKilobytes(64);

	private final String id;

	private final ChannelKind kind;

	private final boolean governance;

	private final ChannelAddress address;

	private final @Nullable Signature signature;

	private final HttpConnection connection;

	private final Clock clock;

	private final Duration timeout;

	private final Consumer<Duration> pause;

	private final boolean rehearsed;

	private @Nullable Delivery ended;

	private Channel(String id, ChannelKind kind, boolean governance, ChannelAddress address,
			@Nullable Signature signature, HttpConnection connection, Clock clock, Duration timeout,
			Consumer<Duration> pause, boolean rehearsed) {
		this.id = id;
		this.kind = kind;
		this.governance = governance;
		this.address = address;
		this.signature = signature;
		this.connection = connection;
		this.clock = clock;
		this.timeout = timeout;
		this.pause = pause;
		this.rehearsed = rehearsed;
	}

	/**
	 * {@return the channel that these settings describe}
	 * @param settings its settings
	 * @param bundles the TLS bundles with private authorities
	 * @param clock the clock of signatures
	 * @throws Failure of configuration, where a setting is wrong
	 */
	public static Channel of(ChannelSettings settings, SslBundles bundles, Clock clock) {
		return of(settings, bundles, clock, TIMEOUT, Pause::sleep);
	}

	static Channel of(ChannelSettings settings, SslBundles bundles, Clock clock, Duration timeout,
			Consumer<Duration> pause) {
		String id = requireId(settings.id());
		String property = property(id);
		ChannelKind kind = settings.kind();
		if (kind == null) {
			throw Failure.configuration(property + "kind: is required; write slack, teams or webhook");
		}
		ChannelAddress address = ChannelAddress.of(property + "url", settings.url());
		if (!kind.signs() && !settings.secrets().isEmpty()) {
			throw Failure.configuration(
					property + "secrets: is for the kind webhook; " + kind.word() + " takes none, leave it out");
		}
		Signature signature = kind.signs() ? Signature.of(property + "secrets", settings.secrets()) : null;
		HttpConnection connection = new HttpConnection(
				TrustedAuthorities.find(bundles, property + "ssl-bundle", settings.sslBundle()), LARGEST_ANSWER);
		return new Channel(id, kind, settings.governance(), address, signature, connection, clock, timeout, pause,
				false);
	}

	private static String requireId(@Nullable String id) {
		if (id == null || !ID.matcher(id).matches()) {
			throw Failure.configuration(PROPERTY + ": the id '" + SafeText.shortened(id)
					+ "' is not allowed; write up to 40 lower-case letters, digits and hyphens");
		}
		return id;
	}

	private static String property(String id) {
		return PROPERTY + "[" + id + "].";
	}

	/**
	 * {@return its name in settings, messages and the outbox}
	 */
	public String id() {
		return this.id;
	}

	/**
	 * {@return whether it gets the governance message of each run}
	 */
	public boolean isForGovernance() {
		return this.governance;
	}

	/**
	 * {@return its kind and where it is, without what is secret}
	 */
	public String description() {
		return this.kind.word() + " at " + this.address.shown();
	}

	/**
	 * {@return the same channel for a rehearsal: it posts nothing, and every message is
	 * as good as posted}
	 */
	Channel rehearsed() {
		return new Channel(this.id, this.kind, this.governance, this.address, this.signature, this.connection,
				this.clock, this.timeout, this.pause, true);
	}

	/**
	 * Connects to its server, and posts nothing.
	 * @throws Failure where the server does not answer or is not trusted
	 */
	public void connect() {
		HttpRequest request = HttpRequest.newBuilder(this.address.server())
			.setHeader("User-Agent", "keysteward")
			.method("HEAD", BodyPublishers.noBody())
			.build();
		try {
			this.connection.send(request, this.timeout);
		}
		catch (NoAnswer ex) {
			throw ex.isLasting() ? Failure.configuration(line(ex.why())) : Failure.retry(line(ex.why()), null);
		}
	}

	/**
	 * Posts a message, in a few attempts where the channel is busy.
	 * @return what became of it
	 */
	public Delivery post(ChannelMessage message) {
		if (this.ended != null) {
			return this.ended;
		}
		int items = fitting(message);
		if (this.rehearsed) {
			return new Delivery(Delivery.Result.POSTED, line("is not asked in a rehearsal"), items);
		}
		byte[] body = body(message, items);
		Duration backoff = FIRST_PAUSE;
		for (int attempt = 1;; attempt++) {
			Attempt done = attempt(message.id(), body);
			Duration wait = Objects.requireNonNullElse(done.asked(), backoff);
			if (!done.verdict().again() || attempt == ATTEMPTS || wait.compareTo(LONGEST_PAUSE) > 0) {
				return end(done, attempt, items);
			}
			this.pause.accept(wait);
			backoff = backoff.multipliedBy(2);
		}
	}

	private Delivery end(Attempt done, int attempts, int items) {
		Verdict verdict = done.verdict();
		String times = (attempts > 1 && !verdict.result().equals(Delivery.Result.POSTED)) ? ", at attempt " + attempts
				: "";
		String asked = (done.asked() != null && done.asked().compareTo(LONGEST_PAUSE) > 0)
				? ", and asks for a pause of " + done.asked().toSeconds() + " s, longer than the allowed "
						+ LONGEST_PAUSE.toSeconds() + " s"
				: "";
		Delivery delivery = new Delivery(verdict.result(), line(verdict.what() + asked + times), items);
		if (verdict.ends()) {
			this.ended = new Delivery(verdict.result(), delivery.detail() + "; it was not tried for this message", 0);
		}
		return delivery;
	}

	private Attempt attempt(String messageId, byte[] body) {
		try {
			Answer answer = this.connection.send(request(messageId, body), this.timeout);
			return new Attempt(this.kind.format().read(answer.status(), text(answer)),
					RetryAfter.read(answer, this.clock.instant()));
		}
		catch (NoAnswer ex) {
			return new Attempt(without(ex), null);
		}
	}

	/** Without an answer, only a receiver that knows ids can be asked again at once. */
	private Verdict without(NoAnswer none) {
		if (none.neverSent()) {
			return none.isLasting() ? Verdict.refused(none.why())
					: new Verdict(Delivery.Result.LATER, none.why(), none.isTransient(), true);
		}
		return new Verdict(Delivery.Result.LATER, none.why() + "; whether it took the message is not known",
				this.kind.signs(), true);
	}

	/** Signed anew at each attempt, since receivers refuse old signatures. */
	private HttpRequest request(String messageId, byte[] body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.address.uri())
			.setHeader("Content-Type", "application/json; charset=utf-8")
			.setHeader("User-Agent", "keysteward")
			.POST(BodyPublishers.ofByteArray(body));
		if (this.signature != null) {
			long seconds = this.clock.instant().getEpochSecond();
			request.setHeader("webhook-id", messageId)
				.setHeader("webhook-timestamp", String.valueOf(seconds))
				.setHeader("webhook-signature", this.signature.sign(messageId, seconds, body));
		}
		return request.build();
	}

	/** The most items of the message for which there is room. */
	private int fitting(ChannelMessage message) {
		ChannelFormat format = this.kind.format();
		int items = Math.min(format.mostItems(), message.items().size());
		while (items > 0 && body(message, items).length > format.largest()) {
			items--;
		}
		return items;
	}

	private byte[] body(ChannelMessage message, int items) {
		return JsonMapper.shared().writeValueAsBytes(this.kind.format().write(message, items));
	}

	private static String text(Answer answer) {
		try {
			return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String line(String what) {
		return property(this.id) + "url: " + this.address.shown() + " " + what;
	}

	@Override
	public String toString() {
		return "channel " + this.id + ", " + description();
	}

	/**
	 * One attempt.
	 *
	 * @param verdict what the answer means
	 * @param asked the pause that it asks for; null: none
	 */
	private record Attempt(Verdict verdict, @Nullable Duration asked) {
	}

}
