package io.keysteward.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The line between Keysteward and a database. It can be cut, closed to newcomers, fall
 * silent without a word, and be slow; at once, or when a certain statement comes along.
 */
public final class FaultyProxy implements AutoCloseable {

	private final ServerSocket entrance;

	private final URI server;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();

	private final ThreadLocal<Line> here = new ThreadLocal<>();

	private volatile boolean open = true;

	private volatile Duration delay = Duration.ZERO;

	private volatile CountDownLatch silence = new CountDownLatch(0);

	public FaultyProxy(URI server) {
		this.server = server;
		try {
			this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("wire", this::accept);
	}

	public int port() {
		return this.entrance.getLocalPort();
	}

	/**
	 * Does something when statements have come along, one after the other.
	 * @param done whether the server has done the last one and its answer has not got
	 * back; else it has not seen it
	 */
	public void when(boolean done, Runnable action, String... statements) {
		if (statements.length == 1) {
			this.trap.set(new Trap(statements[0], done, action));
		}
		else {
			String[] rest = Arrays.copyOfRange(statements, 1, statements.length);
			this.trap.set(new Trap(statements[0], false, () -> when(done, action, rest)));
		}
	}

	/**
	 * {@return whether nothing that {@link #when} waited for is still to come}
	 */
	boolean sprung() {
		return this.trap.get() == null;
	}

	/** Every connection ends; new ones are made. */
	void cut() {
		this.sockets.forEach(FaultyProxy::closeQuietly);
		this.sockets.clear();
	}

	/** The connection ends over which the statement came that was waited for. */
	public void cutOne() {
		Line line = this.here.get();
		closeQuietly(line.client);
		closeQuietly(line.upstream);
	}

	/** Nobody is let in, until it is mended. */
	void refuse() {
		this.open = false;
		cut();
	}

	/** Nothing comes through any more, in no connection and no new one, and none ends. */
	void fallSilent() {
		this.silence = new CountDownLatch(1);
	}

	/** Each answer takes so much longer. */
	void slow(Duration by) {
		this.delay = by;
	}

	/** As new; what was held on to goes on. */
	void mend() {
		this.trap.set(null);
		this.open = true;
		this.delay = Duration.ZERO;
		this.silence.countDown();
	}

	/** As new; what was held on to never arrives. */
	void renew() {
		cut();
		mend();
	}

	@Override
	public void close() {
		mend();
		closeQuietly(this.entrance);
		cut();
	}

	private void accept() {
		while (!this.entrance.isClosed()) {
			try {
				Socket client = this.entrance.accept();
				if (this.open) {
					connect(client);
				}
				else {
					closeQuietly(client);
				}
			}
			catch (IOException ex) {
				// Closed, or the server is not there: its client sees the same.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		this.sockets.add(client);
		try {
			Socket upstream = new Socket(this.server.getHost(), this.server.getPort());
			this.sockets.add(upstream);
			Line line = new Line(client, upstream);
			start("wire-up", () -> line.carry(client, upstream, true));
			start("wire-down", () -> line.carry(upstream, client, false));
		}
		catch (IOException ex) {
			closeQuietly(client);
			throw ex;
		}
	}

	private void pause() throws IOException {
		try {
			this.silence.await();
			TimeUnit.MILLISECONDS.sleep(this.delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static void start(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// It was closed.
		}
	}

	/** What is waited for. */
	private record Trap(String statement, boolean done, Runnable action) {
	}

	/** One connection. */
	private final class Line {

		private final Socket client;

		private final Socket upstream;

		private final AtomicReference<@Nullable Trap> answer = new AtomicReference<>();

		private String seen = "";

		private Line(Socket client, Socket upstream) {
			this.client = client;
			this.upstream = upstream;
		}

		private void carry(Socket from, Socket to, boolean asked) {
			byte[] buffer = new byte[64 * 1024];
			try (from; to) {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
					if (asked) {
						watch(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
					}
					else {
						answered();
					}
					pause();
					out.write(buffer, 0, count);
					out.flush();
				}
			}
			catch (IOException ex) {
				// Cut.
			}
			finally {
				FaultyProxy.this.sockets.remove(this.client);
				FaultyProxy.this.sockets.remove(this.upstream);
			}
		}

		/** A statement may come in two pieces. */
		private void watch(String piece) {
			Trap waiting = FaultyProxy.this.trap.get();
			if (waiting == null) {
				this.seen = "";
				return;
			}
			this.seen += piece;
			if (this.seen.contains(waiting.statement())) {
				this.seen = "";
				if (waiting.done()) {
					this.answer.set(waiting);
				}
				else {
					spring(waiting);
				}
			}
			else {
				this.seen = this.seen.substring(Math.max(0, this.seen.length() - waiting.statement().length()));
			}
		}

		private void spring(Trap waiting) {
			FaultyProxy.this.here.set(this);
			FaultyProxy.this.trap.compareAndSet(waiting, null);
			waiting.action().run();
		}

		private void answered() {
			Trap waiting = this.answer.getAndSet(null);
			if (waiting != null) {
				spring(waiting);
			}
		}

	}

}
