package io.sessionkit.benchmarks.counted;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Stands between an application and its store, passes everything on, and counts it. Bytes
 * are counted before they are passed on, so that an answer never comes before its
 * question.
 */
final class CountingProxy implements Closeable {

	private static final long QUIET_NANOS = Duration.ofMillis(20).toNanos();

	private static final int BUFFER = 64 * 1024;

	private final ServerSocket server;

	private final int storePort;

	private final Supplier<Messages> protocol;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private Wire total = Wire.NOTHING;

	private long lastNanos = System.nanoTime();

	private CountingProxy(ServerSocket server, int storePort, Supplier<Messages> protocol) {
		this.server = server;
		this.storePort = storePort;
		this.protocol = protocol;
	}

	/** Begins to listen. */
	static CountingProxy before(int storePort, Supplier<Messages> protocol) throws IOException {
		CountingProxy proxy = new CountingProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), storePort,
				protocol);
		proxy.run(proxy::accept);
		return proxy;
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** All that has passed, once nothing has for a while. */
	Wire total() throws InterruptedException {
		while (true) {
			long wait;
			synchronized (this) {
				wait = this.lastNanos + QUIET_NANOS - System.nanoTime();
				if (wait <= 0) {
					return this.total;
				}
			}
			Thread.sleep(Duration.ofNanos(wait).toMillis() + 1);
		}
	}

	private void accept() throws IOException {
		while (true) {
			Socket application = this.server.accept();
			Socket store = new Socket(InetAddress.getLoopbackAddress(), this.storePort);
			this.sockets.add(application);
			this.sockets.add(store);
			application.setTcpNoDelay(true);
			store.setTcpNoDelay(true);
			Counter counter = new Counter(this.protocol.get());
			run(() -> pass(application, store, counter::toStore));
			run(() -> pass(store, application, counter::fromStore));
		}
	}

	private static void pass(Socket from, Socket to, Count count) throws IOException {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] bytes = new byte[BUFFER];
			int length;
			while ((length = in.read(bytes)) >= 0) {
				count.count(bytes, length);
				out.write(bytes, 0, length);
			}
		}
	}

	private void run(Passing passing) {
		Thread thread = new Thread(() -> {
			try {
				passing.run();
			}
			catch (IOException ex) {
				// The application or its store has closed the connection.
			}
		}, "proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private synchronized void add(Wire wire) {
		this.total = this.total.plus(wire);
		this.lastNanos = System.nanoTime();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	/** Work that ends when a connection does. */
	private interface Passing {

		void run() throws IOException;

	}

	/** Told of what passes. */
	private interface Count {

		void count(byte[] bytes, int length);

	}

	/** Counts one connection. */
	private final class Counter {

		private final Messages messages;

		private boolean waiting;

		Counter(Messages messages) {
			this.messages = messages;
		}

		synchronized void toStore(byte[] bytes, int length) {
			this.waiting = true;
			add(new Wire(0, this.messages.count(bytes, length), length));
		}

		synchronized void fromStore(byte[] bytes, int length) {
			add(new Wire(this.waiting ? 1 : 0, 0, length));
			this.waiting = false;
		}

	}

}
