package io.sessionkit.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessionkit.Session;
import io.sessionkit.SessionException;
import io.sessionkit.SessionKey;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * One of the two processes of a {@link TwoProcessContract}: serves requests, each of them
 * asked for in one line.
 *
 * @param storage the storage of this process
 */
record ProcessNode(SessionStorage storage) {

	static final String READY = "ready";

	/** So many threads of each process log one user in. */
	static final int CROWD = 32;

	private static final SessionKey<Integer> COUNT = SessionKey.of("count", Integer.class);

	static ProcessNode of(StrategyFactory factory, List<String> arguments) {
		SessionCookie cookie = SessionCookie.builder("__session").signedWith(StorageFixture.SECRET).build();
		return new ProcessNode(SessionStorage.of(cookie, factory.strategy(arguments)));
	}

	/** The process beside the one of the test. */
	public static void main(String[] args) throws ReflectiveOperationException, IOException {
		PrintStream answers = System.out;
		// What anybody else prints must not look like an answer.
		System.setOut(System.err);
		StrategyFactory factory = Class.forName(args[0])
			.asSubclass(StrategyFactory.class)
			.getDeclaredConstructor()
			.newInstance();
		ProcessNode node = of(factory, List.of(args).subList(1, args.length));
		answers.println(READY);
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			answers.println(node.serve(Order.parse(line)));
		}
		System.exit(0);
	}

	/**
	 * Serves a request, or several in a row.
	 * @return the {@code Set-Cookie} header, empty for none; of {@code look} the session
	 */
	String serve(Order order) {
		while (micros() < order.startMicros()) {
			Thread.onSpinWait();
		}
		return switch (order.verb()) {
			case "set" -> request(order, (session) -> session.set(order.text(), "set"));
			case "login" -> request(order, (session) -> {
				session.regenerateId();
				session.set("userId", order.text());
			});
			case "logout" -> request(order, Session::destroy);
			case "fill50" -> {
				for (int i = 0; i < 50; i++) {
					String name = order.text() + i;
					request(order, (session) -> session.set(name, "set"));
				}
				yield "";
			}
			case "count200" -> {
				for (int i = 0; i < 200; i++) {
					request(order, (session) -> session.update(COUNT, 0, (count) -> count + 1));
				}
				yield "";
			}
			case "crowd" -> {
				String[] words = order.text().split(" ");
				yield crowd(words[0], Integer.parseInt(words[1]));
			}
			case "look" -> {
				Session session = this.storage.getSession(order.cookies());
				yield (session.isNew() ? "new " : "live ") + new TreeMap<>(session.data());
			}
			default -> throw new IllegalArgumentException("Nobody knows how to " + order.verb());
		};
	}

	/** Many threads that log one user in, again and again, each time in a new browser. */
	private String crowd(String subject, int logins) {
		return Race.of(CROWD, (racer) -> () -> Stream.generate(() -> loggedIn(subject)).limit(logins).toList())
			.stream()
			.flatMap(List::stream)
			.collect(Collectors.joining("\t"));
	}

	/** The {@code Cookie} header, or the failure. */
	private String loggedIn(String subject) {
		try {
			Browser browser = new Browser(this.storage);
			browser.visit((session) -> {
				session.regenerateId();
				session.subject(subject);
			});
			return String.valueOf(browser.header());
		}
		catch (SessionException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private String request(Order order, Consumer<Session> handler) {
		Session session = this.storage.getSession(order.cookies());
		handler.accept(session);
		String cookie = this.storage.commitIfNeeded(session);
		return (cookie != null) ? cookie : "";
	}

	/** The time that two processes have in common. */
	static long micros() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	/**
	 * A request to serve.
	 *
	 * @param verb what to do with the session
	 * @param text the name or value that belongs to it
	 * @param startMicros when to begin, by {@link #micros()}; 0 for at once
	 * @param cookies the {@code Cookie} header, empty if there is none
	 */
	record Order(String verb, String text, long startMicros, String cookies) {

		static Order of(String verb, String text, @Nullable String cookies) {
			return new Order(verb, text, 0, (cookies != null) ? cookies : "");
		}

		Order at(long micros) {
			return new Order(this.verb, this.text, micros, this.cookies);
		}

		String line() {
			return String.join("\t", this.verb, this.text, Long.toString(this.startMicros), this.cookies);
		}

		static Order parse(String line) {
			String[] parts = line.split("\t", 4);
			return new Order(parts[0], parts[1], Long.parseLong(parts[2]), parts[3]);
		}

	}

}
