package io.sessionkit.spring.autoconfigure;

import java.time.Duration;

import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.CookieFormat;

/**
 * The line of the log that says at startup what an operator wants to know of the
 * sessions.
 */
final class StartupLine {

	private StartupLine() {
	}

	static String of(SessionStorage storage, CookieFormat format, String place) {
		String version = SessionStorage.class.getPackage().getImplementationVersion();
		return "SessionKit" + ((version != null) ? " " + version : "") + " keeps sessions in " + place + " (cookie "
				+ storage.cookieName() + ", " + FormatProperty.name(format) + " format, idle timeout "
				+ text(storage.idleTimeout()) + ", absolute timeout " + text(storage.absoluteTimeout()) + ")";
	}

	/** Returns a duration as it is written in properties. */
	private static String text(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds % 86400 == 0) {
			return seconds / 86400 + "d";
		}
		if (seconds % 3600 == 0) {
			return seconds / 3600 + "h";
		}
		return (seconds % 60 == 0) ? seconds / 60 + "m" : seconds + "s";
	}

}
