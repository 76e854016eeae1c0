package io.sessionkit.benchmarks;

import java.util.List;

/**
 * What the library is to reach, beside what was measured last.
 */
final class Goals {

	private static final List<Goal> ALL = List.of(
			Goal.atMost(0, "counted.sessionkit-redis.none.commands", "session not asked for, Redis: commands"),
			Goal.atLeast(0.95, "load.none.sessionkit-redis.rps-to-floor", "the same, throughput to a bare handler"),
			Goal.atLeast(0.95, "load.none.sessionkit-cookie.rps-to-floor", "the same, cookie storage"),
			Goal.atLeast(0.95, "untouched.throughput", "the same, by pairs of servers"),
			Goal.atMost(1, "counted.sessionkit-redis.read.round-trips", "read, Redis: round trips"),
			Goal.atMost(1.15, "load.read.sessionkit-redis.cpu-to-floor", "CPU to the floor by Lettuce"),
			Goal.atLeast(3, "load.read.sessionkit-redis.rps-to-peer", "throughput to Spring Session"),
			Goal.atMost(20 * 1024, "load.read.sessionkit-redis.allocated", "allocated bytes"),
			Goal.atMost(2, "counted.sessionkit-redis.write.round-trips", "write, Redis: round trips"),
			Goal.atMost(1.25, "load.write.sessionkit-redis.cpu-to-floor", "CPU to the floor by Lettuce"),
			Goal.atLeast(2, "load.write.sessionkit-redis.rps-to-peer", "throughput to Spring Session"),
			Goal.atMost(1, "counted.sessionkit-redis.login.round-trips", "new session, Redis: round trips"),
			Goal.atMost(1, "counted.sessionkit-sql.read.round-trips", "read, PostgreSQL: round trips"),
			Goal.atLeast(5, "load.read.sessionkit-sql.rps-to-peer", "throughput to Spring Session"),
			Goal.atMost(2, "counted.sessionkit-sql.write.round-trips", "write, PostgreSQL: round trips"),
			Goal.atLeast(2, "load.write.sessionkit-sql.rps-to-peer", "throughput to Spring Session"),
			Goal.atMost(1, "counted.sessionkit-sql.login.round-trips", "new session, PostgreSQL: round trips"),
			Goal.atLeast(2, "load.login.sessionkit-sql.rps-to-peer", "throughput to Spring Session"),
			Goal.atMost(1.15, "load.read.sessionkit-cookie.cpu-to-floor", "read, cookie: CPU to plain AES-GCM"),
			Goal.atMost(1.3, "load.read.sessionkit-cookie.allocated-to-floor", "allocated bytes to the same"),
			Goal.atMost(1.35, "load.read.sessionkit-cookie.cpu-to-peer", "CPU to Tomcat's own session in memory"),
			Goal.atMost(1.25, "load.write.sessionkit-cookie.cpu-to-floor", "write, cookie: CPU to plain AES-GCM"),
			Goal.atMost(1.3, "load.write.sessionkit-cookie.allocated-to-floor", "allocated bytes to the same"),
			Goal.atMost(1.1, "http-session.memory-text.ratio", "a text by HttpSession, memory: CPU to Session"),
			Goal.atMost(1.1, "http-session.memory-record.ratio", "a record by HttpSession, memory: the same"),
			Goal.atMost(1.1, "http-session.cookie-text.ratio", "a text by HttpSession, cookie: the same"),
			Goal.atMost(1.1, "http-session.cookie-record.ratio", "a record by HttpSession, cookie: the same"),
			Goal.atMost(1.62, "counted.cookie.ratio", "sealed cookie to its JSON"),
			Goal.atMost(850, "counted.sessionkit-redis.stored", "bytes stored in Redis"),
			Goal.atMost(800, "counted.sessionkit-memory.heap", "heap in memory storage"),
			Goal.atMost(1100, "counted.sessionkit-sql.stored", "bytes on disk in PostgreSQL"),
			Goal.atLeast(10, "node.react-router.to.sessionkit", "load, change, commit: times as fast as React Router"),
			Goal.atLeast(30, "node.iron-session.to.sessionkit", "times as fast as iron-session"),
			Goal.atMost(60, "counted.startup.millis", "added to the start by the starter, ms"),
			Goal.atMost(0, "counted.startup.threads", "threads that it adds"));

	private Goals() {
	}

	/** Prints a table in Markdown. */
	public static void main(String[] args) {
		Results results = Results.open();
		StringBuilder table = new StringBuilder("| goal | limit | reached | |\n|---|---:|---:|---|\n");
		ALL.forEach((goal) -> table.append(goal.row(results)));
		results.table("goals", table.toString());
	}

}
