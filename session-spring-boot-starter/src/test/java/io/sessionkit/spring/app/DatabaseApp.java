package io.sessionkit.spring.app;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.sql.DataSource;

import io.sessionkit.Session;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that uses its database itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ProbeController.class, DatabaseApp.HoldingController.class })
public class DatabaseApp {

	/**
	 * Holds a connection while it asks for the session, as an open view does.
	 */
	@RestController
	public static final class HoldingController {

		private final Queue<Duration> waits = new ConcurrentLinkedQueue<>();

		private final DataSource dataSource;

		HoldingController(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		@GetMapping("/hold")
		String hold(Session session) throws SQLException {
			try (Connection connection = this.dataSource.getConnection()) {
				long begin = System.nanoTime();
				try {
					return session.get("mark") + " " + connection.isClosed();
				}
				finally {
					this.waits.add(Duration.ofNanos(System.nanoTime() - begin));
				}
			}
		}

		/** How long sessions were waited for. */
		public Queue<Duration> waits() {
			return this.waits;
		}

	}

}
