package io.keysteward.disabling;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.DeniedColumns;
import io.keysteward.KeptFiles;
import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.notice.mail.SmtpStub;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A whole Keysteward that lives in simulated time: real databases, a mail server that
 * does as it is told, a configuration directory of its own.
 */
final class Nights implements AutoCloseable {

	/** Ids of simulated keys look like this, so that they are found in a mail's text. */
	private static final Pattern KEY_ID = Pattern.compile("\\bkey-[a-z]+-\\d{4}\\b");

	private final SimulatedTime time;

	private final Register register;

	private final Path directory;

	private final Path config;

	private final SmtpStub mail;

	private final List<SimulatedSource> sources = new ArrayList<>();

	private int mailsSeen;

	Nights(Path directory, Instant start) throws IOException {
		this.time = new SimulatedTime(start);
		this.directory = directory;
		this.config = directory.resolve("config");
		this.mail = new SmtpStub(null);
		TestDatabase governance = TestDatabase.migrated();
		governance.jdbc().sql("""
				ALTER TABLE keysteward.run ALTER started_at DROP DEFAULT;
				ALTER TABLE keysteward.notice ALTER created_at DROP DEFAULT
				""").update();
		TestDatabase simulated = this.time.in(governance);
		governance.jdbc().sql("""
				ALTER TABLE keysteward.run ALTER started_at SET DEFAULT public.clock_timestamp();
				ALTER TABLE keysteward.notice ALTER created_at SET DEFAULT public.clock_timestamp()
				""").update();
		this.register = new Register(directory, simulated).clock(this.time);
		write("sources/api-key-records", "exemptions.yaml", "exemptions: []\n");
		set("keysteward.config-directory", this.config.toString());
		set("keysteward.mail.warn-owners", "true");
		set("keysteward.notices.max-owners", "10000");
		set("keysteward.notices.max-percent", "100");
		set("keysteward.disable.armed", "true");
		set("keysteward.report.formats", "json"); // Quicker, and nobody reads it.
		mailServerAnswers(true);
	}

	/** Adds a source with a definition of its own. */
	SimulatedSource source(String id, boolean nullIsUnknown) {
		return source(id, nullIsUnknown, "PT5M", null);
	}

	SimulatedSource source(String id, boolean nullIsUnknown, String granularity, @Nullable String knownSince) {
		SimulatedSource source = new SimulatedSource(id, nullIsUnknown, this.time);
		String definition = Register.read(Path.of("config/sources/api-key-records/source.yaml"))
			.replace("recorded: full", "recorded: " + (nullIsUnknown ? "partial" : "full"))
			.replace("granularity: PT5M",
					"granularity: " + granularity + ((knownSince != null) ? "\n  known-since: " + knownSince : ""));
		write("sources/" + id, "source.yaml", definition);
		this.register.source(this.sources.size(), id, source.database());
		set("keysteward.sources[" + this.sources.size() + "].definition", id);
		this.sources.add(source);
		return source;
	}

	List<SimulatedSource> sources() {
		return this.sources;
	}

	Nights set(String property, String value) {
		this.register.set(property, value);
		return this;
	}

	JdbcClient governance() {
		return this.register.governance();
	}

	Register register() {
		return this.register;
	}

	void mailServerAnswers(boolean answers) {
		this.register.mail(answers ? this.mail.port() : 1);
	}

	void mailServerRefuses(String address) {
		this.mail.answering("RCPT TO:<" + address + ">", "550 5.1.1 unknown");
	}

	/** Gives a source another {@code disable.sql}. */
	void disables(SimulatedSource source, String sql) {
		configure("sources/" + source.id() + "/disable.sql", sql);
	}

	/** Writes a file into the configuration directory; null: there is none. */
	void configure(String file, @Nullable String content) {
		try {
			if (content != null) {
				Files.writeString(this.config.resolve(file), content);
			}
			else {
				Files.deleteIfExists(this.config.resolve(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void at(Instant now) {
		this.time.set(now);
	}

	/**
	 * {@return the exit code of a command at this time}
	 */
	int execute(Instant now, String... command) {
		at(now);
		return this.register.execute(command);
	}

	/**
	 * {@return the exit code of a command while the clock of its machine is wrong, and
	 * those of all databases are right}
	 */
	int executeAhead(Instant now, Duration ahead, String... command) {
		at(now);
		this.register.clock(Clock.fixed(now.plus(ahead), ZoneOffset.UTC));
		try {
			return this.register.execute(command);
		}
		finally {
			this.register.clock(this.time);
		}
	}

	/**
	 * {@return the exit code of a command at this time; somebody acts after the first key
	 * is intended to be disabled and before it is}
	 */
	int executeDisturbed(Instant now, Runnable meanwhile, String... command) {
		at(now);
		CompletableFuture<Integer> run;
		try (PauseSignal sign = new PauseSignal(this.register.governanceDatabase(), """
				BEFORE UPDATE ON keysteward.key_action FOR EACH ROW
				WHEN (OLD.intended_at IS NULL AND NEW.intended_at IS NOT NULL)""")) {
			run = CompletableFuture.supplyAsync(() -> this.register.execute(command));
			while (!run.isDone() && !sign.reached()) {
				Thread.sleep(10);
			}
			if (!run.isDone()) {
				meanwhile.run();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		return run.join();
	}

	/**
	 * {@return the mails about keys that were taken since this was last asked}
	 */
	List<OwnerMail> newMails() {
		List<String> all = this.mail.messages();
		List<OwnerMail> mails = new ArrayList<>();
		for (; this.mailsSeen < all.size(); this.mailsSeen++) {
			mails.add(OwnerMail.of(all.get(this.mailsSeen)));
		}
		mails.removeIf((mail) -> mail.to().contains("security@example.com"));
		return mails;
	}

	/** The select of a source returns the two columns that the built-in one does not. */
	void returnDenied(SimulatedSource source) throws IOException {
		DeniedColumns.addToDefinition(this.config.resolve("sources/" + source.id()));
	}

	/**
	 * {@return the plain text of the last report mail}
	 */
	String lastReportMail() {
		List<String> all = this.mail.messages();
		for (int at = all.size() - 1; at >= 0; at--) {
			OwnerMail mail = OwnerMail.of(all.get(at));
			if (mail.to().contains("security@example.com")) {
				return mail.text();
			}
		}
		throw new IllegalStateException("no report was mailed");
	}

	/**
	 * {@return all that it is, to come back to; from now on its databases live as long as
	 * the tests}
	 */
	Past remember() {
		return new Past(this.register.governanceDatabase().keptCopy(),
				this.sources.stream().map(SimulatedSource::now).toList(), KeptFiles.of(this.directory),
				this.register.properties(), List.copyOf(this.mail.messages()), this.mailsSeen);
	}

	/** It is again what it was. */
	void comesBack(Past past) {
		this.register.governanceDatabase().becomeLike(past.governance());
		for (int source = 0; source < this.sources.size(); source++) {
			this.sources.get(source).comesBack(past.sources().get(source));
		}
		past.files().putInto(this.directory);
		this.register.clear();
		past.properties().forEach(this.register::set);
		this.mail.messages().clear();
		this.mail.messages().addAll(past.mails());
		this.mailsSeen = past.mailsSeen();
	}

	@Override
	public void close() throws IOException {
		this.sources.forEach(SimulatedSource::close);
		this.mail.close();
	}

	private void write(String folder, String file, String content) {
		try {
			Path directory = Files.createDirectories(this.config.resolve(folder));
			for (String name : List.of("select.sql", "disable.sql", "restore.sql", "source.yaml")) {
				Files.copy(Path.of("config/sources/api-key-records", name), directory.resolve(name));
			}
			Files.writeString((file.endsWith("source.yaml") ? directory : this.config).resolve(file), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What nights have left.
	 *
	 * @param sources in the order in which they were added
	 * @param files configuration and reports
	 */
	record Past(TestDatabase governance, List<TestDatabase> sources, KeptFiles files, Map<String, String> properties,
			List<String> mails, int mailsSeen) {
	}

	/**
	 * A mail to owners as it arrived.
	 *
	 * @param keys the ids of the keys that its plain text names
	 */
	record OwnerMail(Set<String> to, String subject, Set<String> keys, String text) {

		private static OwnerMail of(String raw) {
			try {
				MimeMessage message = new MimeMessage(Session.getInstance(new Properties()),
						new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
				Set<String> to = new TreeSet<>();
				for (var address : message.getRecipients(Message.RecipientType.TO)) {
					to.add(address.toString().replaceFirst(".*<(.*)>", "$1"));
				}
				Set<String> keys = new TreeSet<>();
				String text = plainText(message);
				Matcher matcher = KEY_ID.matcher(text);
				while (matcher.find()) {
					keys.add(matcher.group());
				}
				return new OwnerMail(to, String.valueOf(message.getSubject()), keys, text);
			}
			catch (MessagingException | IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static String plainText(Part part) throws MessagingException, IOException {
			if (part.isMimeType("text/plain")) {
				return part.getContent().toString();
			}
			StringBuilder text = new StringBuilder();
			if (part.getContent() instanceof Multipart parts) {
				for (int index = 0; index < parts.getCount(); index++) {
					text.append(plainText(parts.getBodyPart(index)));
				}
			}
			return text.toString();
		}

	}

}
