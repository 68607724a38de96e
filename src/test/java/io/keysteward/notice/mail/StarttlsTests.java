package io.keysteward.notice.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.keysteward.notice.mail.GovernanceMail.Outcome;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StarttlsTests {

	private static final String PASSWORD = "changeit";

	private static final String SHA256 = Sha256.of(new byte[] { 1, 2, 3 });

	private Path workbook = Path.of("");

	@BeforeEach
	void file(@TempDir Path directory) throws IOException {
		this.workbook = Files.write(directory.resolve("keysteward.xlsx"), new byte[] { 1, 2, 3 });
	}

	@Test
	void aMailGoesOverStarttlsToAServerThatIsTrusted() throws Exception {
		KeyStore store = selfSigned("localhost");
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(context(store))) {
			JavaMailSenderImpl sender = RunFixture.sender(server.port(), false);
			sender.getJavaMailProperties().put("mail.smtp.ssl.socketFactory", context(store).getSocketFactory());
			assertThat(run.send(sender, this.workbook, SHA256)).isEqualTo(Outcome.SENT);
			assertThat(server.commands().subList(0, 3)).containsExactly("EHLO keysteward.example.com", "STARTTLS",
					"EHLO keysteward.example.com");
			assertThat(server.messages()).hasSize(2);
		}
	}

	@Test
	void aServerThatIsNotTrustedGetsNoMail() throws Exception {
		KeyStore store = selfSigned("localhost");
		RunFixture run = RunFixture.of("2026-11-23");
		try (SmtpStub server = new SmtpStub(context(store))) {
			assertThat(failure(run, RunFixture.sender(server.port(), false)))
				.returns(Failure.Kind.CONFIGURATION, Failure::kind)
				.hasMessageContaining("is not trusted for TLS")
				.hasMessageContaining("spring.mail.ssl.bundle");
			assertThat(server.messages()).isEmpty();
		}
	}

	@Test
	void aTrustedCertificateOfAnotherHostIsNotTrusted() throws Exception {
		RunFixture run = RunFixture.of("2026-11-23");
		KeyStore store = selfSigned("other.example.com");
		try (SmtpStub server = new SmtpStub(context(store))) {
			JavaMailSenderImpl sender = RunFixture.sender(server.port(), false);
			sender.getJavaMailProperties().put("mail.smtp.ssl.socketFactory", context(store).getSocketFactory());
			assertThat(failure(run, sender)).returns(Failure.Kind.CONFIGURATION, Failure::kind)
				.hasMessageContaining("is not trusted for TLS");
			assertThat(server.messages()).isEmpty();
		}
	}

	private Failure failure(RunFixture run, JavaMailSenderImpl sender) {
		Failure failure = catchThrowableOfType(Failure.class, () -> run.send(sender, this.workbook, SHA256));
		assertThat(failure).isNotNull();
		return failure;
	}

	private KeyStore selfSigned(String host) throws Exception {
		Path file = this.workbook.resolveSibling(host + ".p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keyalg", "EC", "-alias", "mail", "-dname", "CN=" + host, "-ext", "SAN=dns:" + host,
				"-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString())
			.redirectErrorStream(true)
			.start();
		assertThat(keytool.waitFor()).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		// A key entry anchors no trust; the certificate by itself does.
		store.setCertificateEntry("trusted", store.getCertificate("mail"));
		return store;
	}

	/** Shows the store's certificate and trusts no other. */
	private static SSLContext context(KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}

}
