package io.sessionkit.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import com.sun.management.ThreadMXBean;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.spring.web.CurrentSession;
import io.sessionkit.spring.web.SessionFilter;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whole requests through the filter, without a container, that read one value: by
 * {@code HttpSession} and by {@code Session}. A text, and a record. Each reads what was
 * set through the same API, in a session of the same 500 bytes otherwise.
 *
 * <p>
 * Not by JMH, since the difference is smaller than the luck of one compilation: both are
 * run by one JVM, in turns of some milliseconds, and what counts is the ratio of the
 * thread's processor time within a round, in the median. The system properties
 * {@code rounds} and {@code warmup} (seconds) say how much.
 */
final class HttpSessionBenchmark {

	private static final int ROUNDS = Integer.getInteger("rounds", 100);

	private static final Duration WARMUP = Duration.ofSeconds(Integer.getInteger("warmup", 30));

	private static final int CALLS = 2000;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final String NAME = "Ada Lovelace";

	private static final Line LINE = new Line("TEA-1000", "Darjeeling, first flush 2026, 100 g", 2, 750);

	private @Nullable Object read;

	private HttpSessionBenchmark() {
	}

	/** What an application keeps of its own. */
	record Line(String sku, String title, int quantity, int cents) {
	}

	/** A storage with a session that was set by either API. */
	private record Sessions(SessionFilter filter, String byHttpSession, String bySession) {
	}

	private record Round(Measured byHttpSession, Measured bySession) {

		double ratio() {
			return this.byHttpSession.nanos() / this.bySession.nanos();
		}

	}

	@FunctionalInterface
	private interface Request {

		void send() throws IOException, ServletException;

	}

	/** Measures, and prints a table in Markdown. */
	public static void main(String[] args) throws IOException, ServletException {
		SessionCookie cookie = SessionCookie.builder(SampleSession.COOKIE).encryptedWith(SampleSession.SECRET).build();
		HttpSessionBenchmark benchmark = new HttpSessionBenchmark();
		Results results = Results.open();
		StringBuilder table = new StringBuilder("""
				| a request that reads | `HttpSession`: ns | bytes | `Session`: ns | bytes | ratio of time |
				|---|---:|---:|---:|---:|---:|
				""");
		Sessions memory = benchmark.sessions(SessionStorage.builder(cookie, new MemoryStorageStrategy()));
		benchmark.measure("memory", memory, results, table);
		benchmark.measure("cookie", benchmark.sessions(SessionStorage.builder(cookie)), results, table);
		results.table("http-session", table.toString());
	}

	private Sessions sessions(SessionStorage.Builder builder) throws IOException, ServletException {
		SessionFilter filter = new SessionFilter(builder.attributeTypes(Line.class.getName()::equals).build());
		return new Sessions(filter, create(filter, (request) -> {
			request.getSession().setAttribute("name", NAME);
			request.getSession().setAttribute("line", LINE);
		}), create(filter, (request) -> {
			CurrentSession.of(request).set("name", NAME);
			CurrentSession.of(request).set("line", LINE);
		}));
	}

	private static String create(SessionFilter filter, Consumer<HttpServletRequest> action)
			throws IOException, ServletException {
		BareExchange exchange = new BareExchange(null);
		filter.doFilter(exchange.request(), exchange.response(), (request, response) -> {
			SampleSession.values(SampleSession.BYTES).forEach(CurrentSession.of((HttpServletRequest) request)::set);
			action.accept((HttpServletRequest) request);
		});
		String setCookie = Objects.requireNonNull(exchange.sent("Set-Cookie"));
		return setCookie.substring(0, setCookie.indexOf(';'));
	}

	private void measure(String storage, Sessions sessions, Results results, StringBuilder table)
			throws IOException, ServletException {
		measure("a text, " + storage, storage + "-text", () -> read(sessions, sessions.byHttpSession(),
				(request, response) -> this.read = ((HttpServletRequest) request).getSession().getAttribute("name"),
				NAME),
				() -> read(sessions, sessions.bySession(),
						(request, response) -> this.read = CurrentSession.of((HttpServletRequest) request)
							.get("name", String.class),
						NAME),
				results, table);
		measure("a record, " + storage, storage + "-record", () -> read(sessions, sessions.byHttpSession(),
				(request, response) -> this.read = ((HttpServletRequest) request).getSession().getAttribute("line"),
				LINE),
				() -> read(sessions, sessions.bySession(),
						(request, response) -> this.read = CurrentSession.of((HttpServletRequest) request)
							.get("line", Line.class),
						LINE),
				results, table);
	}

	private void read(Sessions sessions, String cookies, FilterChain chain, Object expected)
			throws IOException, ServletException {
		this.read = null;
		BareExchange exchange = new BareExchange(cookies);
		sessions.filter().doFilter(exchange.request(), exchange.response(), chain);
		if (!expected.equals(this.read) || exchange.sent("Set-Cookie") != null) {
			throw new IllegalStateException("The session was not read, or it was written");
		}
	}

	private static void measure(String what, String name, Request byHttpSession, Request bySession, Results results,
			StringBuilder table) throws IOException, ServletException {
		for (long until = System.nanoTime() + WARMUP.toNanos(); System.nanoTime() < until;) {
			call(byHttpSession);
			call(bySession);
		}
		List<Round> rounds = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			Measured first = call((i % 2 == 0) ? byHttpSession : bySession);
			Measured second = call((i % 2 == 0) ? bySession : byHttpSession);
			rounds.add((i % 2 == 0) ? new Round(first, second) : new Round(second, first));
		}
		double ratio = median(rounds, Round::ratio);
		results.put("http-session." + name + ".ratio", ratio);
		table.append(String.format(Locale.ROOT, "| %s | %,.0f | %,.0f | %,.0f | %,.0f | %.2f |%n", what,
				median(rounds, (round) -> round.byHttpSession().nanos()),
				median(rounds, (round) -> round.byHttpSession().bytes()),
				median(rounds, (round) -> round.bySession().nanos()),
				median(rounds, (round) -> round.bySession().bytes()), ratio));
	}

	private static Measured call(Request request) throws IOException, ServletException {
		long bytes = THREADS.getCurrentThreadAllocatedBytes();
		long nanos = THREADS.getCurrentThreadCpuTime();
		for (int i = 0; i < CALLS; i++) {
			request.send();
		}
		nanos = THREADS.getCurrentThreadCpuTime() - nanos;
		bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
		return new Measured((double) nanos / CALLS, (double) bytes / CALLS);
	}

	private static double median(List<Round> rounds, ToDoubleFunction<Round> number) {
		double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

}
