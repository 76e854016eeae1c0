package io.sessionkit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import com.sun.management.OperatingSystemMXBean;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.benchmarks.load.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * SessionKit as a {@link PeerProcess}: does with an encrypted cookie what
 * {@code peers.mjs} does with the libraries of Node, and is told and answers the same.
 */
final class SessionKitPeer {

	static final String NAME = "sessionkit";

	private static final int OPERATIONS_BETWEEN_CLOCKS = 32;

	private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private final SessionStorage storage = SampleSession.storage();

	private final Map<String, Object> payload;

	private final int jsonBytes;

	private final int cookieBytes;

	private String cookie;

	private int count;

	private SessionKitPeer(String json) {
		this.payload = JsonMapper.shared().readValue(json, new TypeReference<>() {
		});
		this.count = (Integer) Objects.requireNonNull(this.payload.get(Payload.COUNT));
		Session session = this.storage.getSession(null);
		this.payload.forEach(session::set);
		this.cookie = pair(this.storage.commitSession(session));
		this.jsonBytes = JsonMapper.shared().writeValueAsBytes(this.payload).length;
		this.cookieBytes = this.cookie.length();
	}

	/**
	 * Takes the session as JSON, and a number of milliseconds from each line of input.
	 */
	public static void main(String[] args) throws IOException {
		SessionKitPeer peer = new SessionKitPeer(args[0]);
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			PeerProcess.Turn turn = peer.run(Duration.ofMillis(Long.parseLong(line)));
			System.out.println(JsonMapper.shared().writeValueAsString(turn));
		}
	}

	private PeerProcess.Turn run(Duration time) {
		int before = this.count;
		long cpu = this.system.getProcessCpuTime();
		long begin = System.nanoTime();
		long elapsed;
		do {
			for (int i = 0; i < OPERATIONS_BETWEEN_CLOCKS; i++) {
				visit();
			}
			elapsed = System.nanoTime() - begin;
		}
		while (elapsed < time.toNanos());
		cpu = this.system.getProcessCpuTime() - cpu;
		check();
		return new PeerProcess.Turn(NAME, this.count - before, elapsed / 1e3, cpu / 1e3, this.cookieBytes,
				this.jsonBytes);
	}

	private void visit() {
		Session session = this.storage.getSession(this.cookie);
		Integer counted = session.get(Payload.COUNT, Integer.class);
		if (!Payload.NAME.equals(session.get(Payload.USER, String.class)) || counted == null || counted != this.count) {
			throw new IllegalStateException("SessionKit does not keep its sessions");
		}
		this.count++;
		session.set(Payload.COUNT, this.count);
		this.cookie = pair(this.storage.commitSession(session));
	}

	private void check() {
		Session session = this.storage.getSession(this.cookie);
		this.payload.forEach((key, value) -> {
			Object expected = Payload.COUNT.equals(key) ? (Object) this.count : value;
			if (!expected.equals(session.get(key, expected.getClass()))) {
				throw new IllegalStateException("SessionKit has lost " + key);
			}
		});
		char other = (this.cookie.charAt(this.cookie.length() - 9) == 'A') ? 'B' : 'A';
		StringBuilder forged = new StringBuilder(this.cookie);
		forged.setCharAt(forged.length() - 9, other);
		if (this.storage.getSession(forged.toString()).get(Payload.USER) != null) {
			throw new IllegalStateException("SessionKit takes a cookie that was tampered with");
		}
	}

	/** As a browser keeps it. */
	private static String pair(@Nullable String setCookie) {
		String header = Objects.requireNonNull(setCookie);
		return header.substring(0, header.indexOf(';'));
	}

}
