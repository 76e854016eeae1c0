package io.sessionkit.spring.app;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * What a logger and all below it log while this is open.
 */
public final class CapturedLog implements AutoCloseable {

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final Logger logger;

	private final Level before;

	private CapturedLog(String logger, Level level) {
		this.logger = (Logger) LoggerFactory.getLogger(logger);
		this.before = this.logger.getLevel();
		this.logger.setLevel(level);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	public static CapturedLog ofSessionKit(Level level) {
		return new CapturedLog("io.sessionkit", level);
	}

	public static CapturedLog ofEverybody() {
		return new CapturedLog(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.WARN);
	}

	public List<ILoggingEvent> events() {
		synchronized (this.appender) {
			return List.copyOf(this.appender.list);
		}
	}

	public List<String> messages(Level level) {
		return events().stream()
			.filter((event) -> event.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(this.before);
	}

}
