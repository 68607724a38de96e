package io.keysteward.source.http;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.keysteward.http.HttpConnection;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A server without a trusted certificate gets no login.
 */
class TlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private final Path directory;

	TlsTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void aPrivateAuthorityIsTrustedOnlyByItsBundle() throws Exception {
		KeyStore keys = keys("localhost");
		HttpsServer server = server(keys);
		try {
			String url = "https://localhost:" + server.getAddress().getPort();
			SSLContext trusting = SslBundle.of(SslStoreBundle.of(null, null, keys)).createSslContext();
			assertThat(ask(url, trusting)).isEqualTo("200");
			assertThat(ask(url, null)).isEqualTo("CONFIGURATION source 'api': GET / of " + url
					+ " has an untrusted certificate, or does not use TLS; name its authority as ssl-bundle");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void aCertificateIsForItsHostOnly() throws Exception {
		KeyStore keys = keys("elsewhere.example.org");
		HttpsServer server = server(keys);
		try {
			SSLContext trusting = SslBundle.of(SslStoreBundle.of(null, null, keys)).createSslContext();
			assertThat(ask("https://localhost:" + server.getAddress().getPort(), trusting)).startsWith("CONFIGURATION ")
				.contains("has an untrusted certificate");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void whoSpeaksNoTlsIsNotTrusted() throws Exception {
		try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			CompletableFuture.runAsync(() -> {
				try (Socket socket = plain.accept()) {
					// As servers do: an answer to nothing may come before the handshake,
					// which waits for ever then.
					socket.getInputStream().read();
					socket.getOutputStream().write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
					socket.getInputStream().readAllBytes();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
			assertThat(ask("https://localhost:" + plain.getLocalPort(), null)).startsWith("CONFIGURATION ")
				.contains("does not use TLS");
		}
	}

	private String ask(String url, @Nullable SSLContext trust) {
		ApiClient client = new ApiClient("api", HttpAddress.of("url", url), Map.of(), TestLists.NOBODY,
				new HttpConnection(trust), Duration.ofSeconds(10), (pause) -> {
				}, Clock.systemUTC());
		int[] status = new int[1];
		Failure failure = catchThrowableOfType(Failure.class,
				() -> status[0] = new ReachabilityCheck(client).answer().status());
		return (failure != null) ? failure.kind() + " " + failure.line() : String.valueOf(status[0]);
	}

	private static HttpsServer server(KeyStore keys) throws Exception {
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(managers.getKeyManagers(), null, null);
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context));
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
		return server;
	}

	private KeyStore keys(String host) throws Exception {
		Path file = this.directory.resolve(host + ".p12");
		int status = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "k", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "san=dns:" + host,
				"-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", "changeit"))
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("keytool.txt").toFile())
			.start()
			.waitFor();
		assertThat(status).as(Files.readString(this.directory.resolve("keytool.txt"))).isZero();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream stored = Files.newInputStream(file)) {
			keys.load(stored, PASSWORD);
		}
		return keys;
	}

}
