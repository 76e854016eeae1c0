package io.sessionkit.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.sessionkit.spring.app.Browser;
import io.sessionkit.spring.app.CapturedLog;
import io.sessionkit.spring.app.CountingStrategy.Call;
import io.sessionkit.spring.app.Forge;
import io.sessionkit.spring.app.RunningApp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Neither ids, cookies, secrets nor values are in a log, down to TRACE, whatever a
 * visitor does (G9).
 */
class SilentLogTests {

	private static final String VALUE = "v4lueOfTheUser";

	static Stream<RunningApp> apps() {
		return Stream.of(RunningApp.withCookies(), RunningApp.withStore());
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aWholeVisitLeavesNoTrace(RunningApp app) {
		Set<String> confidential = new TreeSet<>(Set.of(VALUE, RunningApp.SECRET));
		List<String> lines = new ArrayList<>();
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.TRACE)) {
			visit(app, confidential);
			log.events().forEach((event) -> lines.add(text(event)));
		}
		assertThat(confidential).as("something to look for").hasSizeGreaterThan(8);
		assertThat(lines).as("something to look at").isNotEmpty();
		assertThat(lines).allSatisfy((line) -> assertThat(line).doesNotContain(confidential));
	}

	private static String text(ILoggingEvent event) {
		String throwable = (event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy())
				: "";
		return event.getFormattedMessage() + throwable;
	}

	private static void visit(RunningApp app, Set<String> confidential) {
		Browser browser = app.browser();
		step(browser, "/set?name=mark&value=" + VALUE, confidential);
		step(browser, "/regenerate", confidential);
		step(browser, "/flash?name=notice&value=" + VALUE, confidential);
		step(browser, "/late/read-twice?name=notice", confidential);
		step(browser, "/get?name=notice", confidential);
		step(browser, "/mark", confidential);
		step(browser, "/unfit?name=mark", confidential);
		step(browser, "/handled/fill?bytes=300000", confidential);
		step(browser, "/failing/runtime", confidential);
		String cookie = browser.cookie();
		if (app.hasStore()) {
			app.store().fail(() -> new IllegalStateException("connection lost"), Call.values());
			step(browser, "/mark", confidential);
			step(browser, "/destroy", confidential);
			app.store().recover();
			browser.cookie(cookie);
		}
		step(browser, "/destroy", confidential);
		step(browser.cookie(cookie), "/set?name=mark&value=" + VALUE, confidential);
		String stranger = Forge.like(app).secret("another secret of at least 32 bytes, 0123456789").cookie(VALUE);
		step(browser.cookie(stranger), "/mark", confidential);
		step(browser.cookie(cookie.substring(0, cookie.length() - 4)), "/mark", confidential);
	}

	private static void step(Browser browser, String path, Set<String> confidential) {
		remember(browser, confidential);
		browser.get(path);
		remember(browser, confidential);
		String id = browser.get("/id").body();
		if (id.length() > 10) {
			confidential.add(id);
		}
	}

	private static void remember(Browser browser, Set<String> confidential) {
		if (!browser.cookie().isEmpty()) {
			confidential.add(browser.cookie());
		}
	}

}
