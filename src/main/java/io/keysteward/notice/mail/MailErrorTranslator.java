package io.keysteward.notice.mail;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.net.ssl.SSLHandshakeException;

import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Translates a mail error into one line with the reason and what to do.
 */
final class MailErrorTranslator {

	private static final Pattern CODES = Pattern.compile("^([245]\\d\\d)([ -][245]\\.\\d{1,3}\\.\\d{1,3})?");

	/**
	 * The mailbox is full or the message too large; a second try without attachment shows
	 * which.
	 */
	private static final Set<Integer> TOO_LARGE = Set.of(552, 523);

	private static final Pattern TOO_LARGE_STATUS = Pattern.compile("^5\\d\\d[ -]5\\.(3\\.4|2\\.3)\\b");

	private static final int LOGIN_WANTED = 530;

	/** The end of a message. */
	private static final String END = ".";

	/** Codes for all mail: the server shuts down, or requires a login. */
	private static final Set<Integer> OF_ALL = Set.of(421, LOGIN_WANTED);

	private final String server;

	private final List<Throwable> chain;

	private final Exception fault;

	private final boolean reached;

	private MailErrorTranslator(String server, Exception fault, boolean reached) {
		this.server = "spring.mail.host: \"" + server + "\" ";
		this.fault = fault;
		this.reached = reached;
		Set<Throwable> found = new LinkedHashSet<>();
		collect(fault, found);
		this.chain = List.copyOf(found);
	}

	/**
	 * {@return the translation of a fault of the server}
	 * @param sender the server; its password is never shown
	 * @param fault the exception
	 */
	static MailErrorTranslator of(JavaMailSenderImpl sender, Exception fault) {
		return of(sender, fault, false);
	}

	/**
	 * {@return the translation of a fault of a message}
	 * @param sender the server; its password is never shown
	 * @param fault the exception
	 * @param reached whether the login had succeeded
	 */
	static MailErrorTranslator of(JavaMailSenderImpl sender, Exception fault, boolean reached) {
		int port = (sender.getPort() > 0) ? sender.getPort() : 25;
		return new MailErrorTranslator(SafeText.shortened(sender.getHost()) + ":" + port, fault, reached);
	}

	/**
	 * {@return why the server refused this message or its recipients; empty: it accepts
	 * no mail at all}
	 */
	Optional<Refusal> refusal() {
		List<SMTPAddressFailedException> refused = all(SMTPAddressFailedException.class);
		if (first(AuthenticationFailedException.class).isPresent()
				|| refused.stream().anyMatch((each) -> ofAll(each.getReturnCode()))) {
			return Optional.empty();
		}
		if (!refused.isEmpty()) {
			return Optional.of(new Refusal(
					refused.stream()
						.map((each) -> each.getAddress().getAddress().toLowerCase(Locale.ROOT))
						.collect(Collectors.toSet()),
					"the mail server refused " + answer(refused),
					refused.stream().allMatch((each) -> isTooLarge(each.getReturnCode(), each)), failure()));
		}
		return first(SMTPSendFailedException.class)
			.filter((each) -> each.getReturnCode() >= 500 && !ofAll(each.getReturnCode())
					&& (!each.getCommand().startsWith("MAIL") || isTooLarge(each.getReturnCode(), each)))
			.map((each) -> new Refusal(Set.of(),
					"the mail server refused the message (\"" + SafeText.shortened(text(each)) + "\")", ofContent(each),
					failure()));
	}

	/**
	 * {@return that the connection ended during this message, though the login had
	 * succeeded; empty: a next message would fail too}
	 */
	Optional<Refusal> interruption() {
		Failure failure = failure();
		return (this.reached && failure.kind() == Failure.Kind.RETRY)
				? Optional.of(new Refusal(Set.of(), failure.line(), false, failure)) : Optional.empty();
	}

	/** Whether it was refused for its size, or after its end. */
	private static boolean ofContent(SMTPSendFailedException fault) {
		return isTooLarge(fault.getReturnCode(), fault) || fault.getCommand().equals(END);
	}

	private static boolean isTooLarge(int code, Throwable fault) {
		return TOO_LARGE.contains(code) || TOO_LARGE_STATUS.matcher(text(fault)).find();
	}

	/** A code below 400 means a lost connection, not a refusal. */
	private static boolean ofAll(int code) {
		return code < 400 || OF_ALL.contains(code);
	}

	/**
	 * {@return the failure with the reason and what to do}
	 */
	Failure failure() {
		Optional<AuthenticationFailedException> login = first(AuthenticationFailedException.class);
		if (login.isPresent()) {
			return login(login.get());
		}
		if (first(SMTPAddressFailedException.class).isPresent()) {
			return recipients();
		}
		Optional<SMTPSenderFailedException> sender = first(SMTPSenderFailedException.class);
		if (sender.isPresent()) {
			return reply(sender.get().getReturnCode(), sender.get());
		}
		Optional<SMTPSendFailedException> message = first(SMTPSendFailedException.class);
		if (message.filter(MailErrorTranslator::isUnknown).isPresent()) {
			return Failure
				.retry(this.server + "was lost before it said whether it took the message; start again: it goes"
						+ " out once more, with the same Message-ID", this.fault);
		}
		return message.isPresent() ? reply(message.get().getReturnCode(), message.get()) : connection();
	}

	/** The server did not answer the message's end. */
	private static boolean isUnknown(SMTPSendFailedException fault) {
		return fault.getReturnCode() < 0 && END.equals(fault.getCommand());
	}

	/** Shows codes only, since a server's text may repeat the login. */
	private Failure login(AuthenticationFailedException fault) {
		Matcher codes = CODES.matcher(text(fault));
		String answer = codes.find() ? " (\"" + codes.group() + "\")" : "";
		if (answer.startsWith(" (\"4")) {
			return Failure.retry(this.server + "cannot check the login now" + answer + "; start again later", null);
		}
		return Failure.configuration(
				this.server + "refused the login" + answer + "; correct spring.mail.username and spring.mail.password");
	}

	private Failure recipients() {
		List<SMTPAddressFailedException> refused = all(SMTPAddressFailedException.class);
		String answer = answer(refused);
		if (refused.stream().anyMatch((each) -> each.getReturnCode() >= 500)) {
			return Failure.configuration(
					this.server + "refused the recipient " + answer
							+ "; nobody got the mail; correct keysteward.mail.to, or let the server relay to it",
					this.fault);
		}
		return Failure.retry(
				this.server + "does not take mail now for " + answer + "; nobody got the mail; start again later",
				this.fault);
	}

	private static String answer(List<SMTPAddressFailedException> refused) {
		return refused.stream()
			.map((each) -> SafeText.shortened(each.getAddress().getAddress()) + " (\"" + SafeText.shortened(text(each))
					+ "\")")
			.distinct()
			.collect(Collectors.joining(", "));
	}

	private Failure reply(int code, MessagingException fault) {
		String answer = " (\"" + SafeText.shortened(text(fault)) + "\")";
		if (code == LOGIN_WANTED) {
			return Failure.configuration(
					this.server + "wants a login" + answer + "; set spring.mail.username and spring.mail.password",
					this.fault);
		}
		if (isTooLarge(code, fault)) {
			return Failure.configuration(this.server + "found the message too large" + answer
					+ "; set keysteward.mail.max-attachment below the server's limit", this.fault);
		}
		if (code >= 500 && fault instanceof SMTPSendFailedException message && ofContent(message)) {
			return Failure.configuration(this.server + "refused the message" + answer
					+ ", though nothing is attached; let it take mail of this sender and content", this.fault);
		}
		if (code >= 500) {
			return Failure.configuration(this.server + "refused the message" + answer
					+ "; correct keysteward.mail.from, or let the server take mail from it", this.fault);
		}
		return Failure.retry(this.server + "did not take the message" + answer + "; start again later", this.fault);
	}

	private Failure connection() {
		String why = " (" + SafeText.shortened(text(this.chain.get(this.chain.size() - 1))) + ")";
		if (text(this.fault).contains("STARTTLS is required")) {
			return Failure
				.configuration(this.server + "offers no STARTTLS, so the mail could be read on its way; use the"
						+ " port that does (587), or spring.mail.ssl.enabled=true (465), or switch it off by name with"
						+ " spring.mail.properties[mail.smtp.starttls.required]", this.fault);
		}
		if (first(SSLHandshakeException.class).isPresent() && first(EOFException.class).isEmpty()) {
			return Failure.configuration(this.server + "is not trusted for TLS" + why + "; name its certificate or CA"
					+ " with spring.mail.ssl.bundle, and the host as in the certificate", this.fault);
		}
		if (first(UnknownHostException.class).isPresent()) {
			return Failure.retry(this.server + "is not known to DNS; correct it, or start again when DNS answers",
					this.fault);
		}
		return Failure.retry(this.server + "does not answer as a mail server" + why + "; start again when it does",
				this.fault);
	}

	private <T extends Throwable> Optional<T> first(Class<T> type) {
		return this.chain.stream().filter(type::isInstance).map(type::cast).findFirst();
	}

	private <T extends Throwable> List<T> all(Class<T> type) {
		return this.chain.stream().filter(type::isInstance).map(type::cast).toList();
	}

	private static String text(Throwable fault) {
		return (fault.getMessage() != null) ? fault.getMessage() : fault.getClass().getSimpleName();
	}

	private static void collect(@Nullable Throwable fault, Set<Throwable> found) {
		if (fault != null && found.add(fault)) {
			if (fault instanceof MessagingException mail) {
				collect(mail.getNextException(), found);
			}
			collect(fault.getCause(), found);
		}
	}

	/**
	 * The server refused one message, and may accept others.
	 *
	 * @param recipients the refused recipients in lower case; empty: it refused the
	 * message
	 * @param answer the server's answer, for the outbox
	 * @param ofContent whether it may accept the message without its attachment
	 * @param failure the failure if nobody got the message
	 */
	record Refusal(Set<String> recipients, String answer, boolean ofContent, Failure failure) {

		/**
		 * {@return whether trying again may help}
		 */
		boolean isTransient() {
			return this.failure.kind() == Failure.Kind.RETRY;
		}

	}

}
