package io.sessionkit.contract;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * What is logged at WARN and above while it is open. Only with Logback, so that the
 * contract does not need it.
 */
final class CapturedWarnings implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Level before = this.logger.getLevel();

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private CapturedWarnings() {
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setLevel(Level.WARN);
	}

	static boolean isPossible() {
		return LoggerFactory.getILoggerFactory().getClass().getName().startsWith("ch.qos.logback.");
	}

	/**
	 * Returns the warnings about something that an action logs, whatever others have to
	 * say meanwhile; an empty list without Logback too.
	 * @param subject what they contain
	 */
	static List<String> about(String subject, Runnable action) {
		if (!isPossible()) {
			action.run();
			return List.of();
		}
		try (CapturedWarnings warnings = new CapturedWarnings()) {
			action.run();
			return warnings.appender.list.stream()
				.filter((event) -> event.getLevel().isGreaterOrEqual(Level.WARN))
				.map(ILoggingEvent::getFormattedMessage)
				.filter((message) -> message.contains(subject))
				.toList();
		}
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(this.before);
	}

}
