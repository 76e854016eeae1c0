package io.sessionkit.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * An HTTP/1.1 client that costs next to nothing: one connection, a prepared write of
 * {@value #DEPTH} requests at a time (RFC 9112, section 9.3.2), and as many responses of
 * known length counted by their bytes. So the server never waits for the client, and what
 * is measured is its processor time, not the time that threads take to wake each other.
 */
final class PipeliningClient implements AutoCloseable {

	static final int DEPTH = 32;

	private static final int TIMEOUT_MILLIS = 10_000;

	private final String cookieHeader;

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	PipeliningClient(int port, String cookieHeader) throws IOException {
		this.cookieHeader = cookieHeader;
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.in = new DataInputStream(this.socket.getInputStream());
		this.out = this.socket.getOutputStream();
	}

	/** Returns the whole response, which must have a {@code Content-Length}. */
	String get(String path) throws IOException {
		this.out.write(request(path));
		StringBuilder response = new StringBuilder();
		while (response.indexOf("\r\n\r\n") < 0) {
			response.append((char) this.in.readUnsignedByte());
		}
		String head = response.toString();
		int length = head.indexOf("Content-Length: ") + "Content-Length: ".length();
		byte[] body = new byte[Integer.parseInt(head.substring(length, head.indexOf('\r', length)))];
		this.in.readFully(body);
		return head + new String(body, US_ASCII);
	}

	/**
	 * Sends requests for a time.
	 * @return how many were answered
	 */
	long getFor(String path, Duration time) throws IOException {
		byte[] response = get(path).getBytes(US_ASCII);
		byte[] requests = new String(request(path), US_ASCII).repeat(DEPTH).getBytes(US_ASCII);
		byte[] responses = new byte[response.length * DEPTH];
		long end = System.nanoTime() + time.toNanos();
		long answered = 1;
		while (System.nanoTime() - end < 0) {
			this.out.write(requests);
			this.in.readFully(responses);
			if (responses[responses.length - 1] != response[response.length - 1]) {
				throw new IOException("The responses are not all alike");
			}
			answered += DEPTH;
		}
		return answered;
	}

	private byte[] request(String path) {
		return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + this.cookieHeader + "\r\n\r\n")
			.getBytes(US_ASCII);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
