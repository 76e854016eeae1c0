package io.sessionkit.spring.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Sends what a well-behaved client library refuses to send.
 */
public final class RawClient {

	private static final int PATIENCE = 20_000;

	private RawClient() {
	}

	/**
	 * Sends a GET with these header lines, of which each character is a byte.
	 * @return the answer, as text of which each character is a byte
	 */
	public static String get(RunningApp app, String path, String... headers) {
		StringBuilder request = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\n");
		if (headers.length == 0 || !headers[0].startsWith("Host:")) {
			request.append("Host: localhost\r\n");
		}
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		request.append("Connection: close\r\n\r\n");
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
			socket.setSoTimeout(PATIENCE);
			socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
