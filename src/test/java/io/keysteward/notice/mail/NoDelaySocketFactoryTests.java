package io.keysteward.notice.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

import org.junit.jupiter.api.Test;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;

class NoDelaySocketFactoryTests {

	private final NoDelaySocketFactory sockets = new NoDelaySocketFactory();

	@Test
	void whatIsWrittenIsSentAtOnce() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
				Socket open = this.sockets.createSocket();
				Socket byName = this.sockets.createSocket("localhost", server.getLocalPort());
				Socket byAddress = this.sockets.createSocket(server.getInetAddress(), server.getLocalPort(),
						InetAddress.getLoopbackAddress(), 0)) {
			assertThat(open.isConnected()).isFalse();
			assertThat(byName.isConnected()).isTrue();
			assertThat(byAddress.isConnected()).isTrue();
			for (Socket socket : new Socket[] { open, byName, byAddress }) {
				assertThat(socket.getTcpNoDelay()).isTrue();
			}
		}
	}

	@Test
	void theMailServerIsSpokenToThroughThem() {
		JavaMailSenderImpl sender = RunFixture.sender(1, true);
		OwnerNight.server(sender);
		assertThat(sender.getSession().getProperties().get("mail.smtp.socketFactory"))
			.isInstanceOf(NoDelaySocketFactory.class);
	}

	@Test
	void aServerThatSpeaksTlsFromTheFirstByteHasItsOwn() {
		JavaMailSenderImpl sender = RunFixture.sender(1, true);
		sender.getJavaMailProperties().put("mail.smtp.ssl.enable", "true");
		OwnerNight.server(sender);
		assertThat(sender.getSession().getProperties().get("mail.smtp.socketFactory")).isNull();
	}

}
