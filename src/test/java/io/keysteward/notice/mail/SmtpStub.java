package io.keysteward.notice.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers as it is told: refuses, hangs, drops, and speaks STARTTLS.
 */
public final class SmtpStub implements AutoCloseable {

	/** An answer that never comes. */
	public static final String HANG = "hang";

	/** The connection ends instead of an answer. */
	public static final String DROP = "drop";

	private final ServerSocket server;

	private final @Nullable SSLContext tls;

	private final Map<String, String> answers = new ConcurrentHashMap<>();

	private final List<String> commands = new CopyOnWriteArrayList<>();

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private final List<String> taken = new CopyOnWriteArrayList<>();

	private final Map<String, String> once = new ConcurrentHashMap<>();

	private final Map<String, String> refused = new ConcurrentHashMap<>();

	private final List<Socket> open = new CopyOnWriteArrayList<>();

	public SmtpStub(@Nullable SSLContext tls) throws IOException {
		this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
		this.tls = tls;
		Thread thread = new Thread(this::accept, "smtp-stub");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Tells the answer to a command, or to a whole line; {@code GREETING} and
	 * {@code BODY} are answered too.
	 */
	public SmtpStub answering(String command, String answer) {
		this.answers.put(command, answer);
		return this;
	}

	/**
	 * Tells the answer to the next such command only.
	 */
	public SmtpStub answeringOnce(String command, String answer) {
		this.once.put(command, answer);
		return this;
	}

	/**
	 * Tells the answer to a message that has this text.
	 */
	public SmtpStub answeringMessageWith(String text, String answer) {
		this.refused.put(text, answer);
		return this;
	}

	public int port() {
		return this.server.getLocalPort();
	}

	public List<String> commands() {
		return this.commands;
	}

	/**
	 * {@return every message that was sent, also those that were not taken}
	 */
	public List<String> messages() {
		return this.messages;
	}

	/**
	 * {@return the messages that were taken}
	 */
	public List<String> taken() {
		return this.taken;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.open) {
			socket.close();
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.open.add(socket);
				Thread thread = new Thread(() -> talk(socket), "smtp-stub-talk");
				thread.setDaemon(true);
				thread.start();
			}
		}
		catch (IOException ex) {
			// Closed: the test is over.
		}
	}

	private void talk(Socket plain) {
		try (Socket socket = plain) {
			if (answer(socket, "GREETING", "220 stub ESMTP")) {
				listen(socket);
			}
		}
		catch (IOException ex) {
			// The client has left, or the test is over.
		}
	}

	private void listen(Socket socket) throws IOException {
		BufferedReader in = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
			this.commands.add(line);
			if (!answer(socket, this.answers.containsKey(line) ? line : command, standard(command, socket))) {
				return;
			}
			if (command.equals("STARTTLS")) {
				listen(secured(socket));
				return;
			}
			if (command.equals("DATA") && !this.answers.containsKey("DATA") && !takeMessage(in, socket)) {
				return;
			}
		}
	}

	private boolean takeMessage(BufferedReader in, Socket socket) throws IOException {
		StringBuilder message = new StringBuilder();
		for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
			message.append(line).append("\r\n");
		}
		this.messages.add(message.toString());
		String answer = this.refused.keySet()
			.stream()
			.filter((text) -> message.indexOf(text) >= 0)
			.findFirst()
			.map(this.refused::get)
			.orElse(this.answers.getOrDefault("BODY", "250 taken"));
		if (answer.startsWith("2")) {
			this.taken.add(message.toString());
		}
		return reply(socket, answer);
	}

	private String standard(String command, Socket socket) {
		return switch (command) {
			case "EHLO" -> (this.tls != null && !(socket instanceof SSLSocket)) ? "250-stub\r\n250 STARTTLS"
					: "250-stub\r\n250 AUTH PLAIN";
			case "STARTTLS" -> "220 go on";
			case "AUTH" -> "235 welcome";
			case "DATA" -> "354 go on";
			case "QUIT" -> "221 bye";
			default -> "250 ok";
		};
	}

	private boolean answer(Socket socket, String command, String standard) throws IOException {
		String once = this.once.remove(command);
		return reply(socket, (once != null) ? once : this.answers.getOrDefault(command, standard));
	}

	private static boolean reply(Socket socket, String answer) throws IOException {
		if (answer.equals(DROP)) {
			return false;
		}
		if (answer.equals(HANG)) {
			return socket.getInputStream().read() >= 0;
		}
		OutputStream out = socket.getOutputStream();
		out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
		return true;
	}

	private Socket secured(Socket socket) throws IOException {
		if (this.tls == null) {
			throw new IOException("no certificate");
		}
		SSLSocket secured = (SSLSocket) this.tls.getSocketFactory().createSocket(socket, "localhost", 0, true);
		secured.setUseClientMode(false);
		secured.startHandshake();
		return secured;
	}

}
