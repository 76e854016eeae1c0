package io.sessionkit.cookie;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/** Everything that the cookies of this thread log while it is open, down to TRACE. */
final class CapturedLog implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger(SessionCookie.class.getPackageName());

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final Level before = this.logger.getLevel();

	private final String thread = Thread.currentThread().getName();

	CapturedLog() {
		this.logger.setLevel(Level.TRACE);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	List<String> messages(Level level) {
		return this.appender.list.stream()
			.filter((event) -> event.getThreadName().equals(this.thread) && event.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	int size() {
		return (int) this.appender.list.stream().filter((event) -> event.getThreadName().equals(this.thread)).count();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(this.before);
	}

}
