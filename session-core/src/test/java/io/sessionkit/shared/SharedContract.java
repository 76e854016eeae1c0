package io.sessionkit.shared;

import java.util.Map;

import io.sessionkit.FlashKey;
import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One cookie jar, one session, and two programs that read and write it: the peer in
 * JavaScript, and this one.
 */
public abstract class SharedContract {

	private static final String SECRET = "s3cret1";

	private static final String NEW_SECRET = "n3w-s3cret \u017e";

	private static final String VALUES = "{\"text\":\"\u017elu\u0165ou\u010dk\u00fd \ud83d\ude00 \\\"\\\\/;,=&%\","
			+ "\"numbers\":[0,-1,2.5,-3e+21,1e-7,0.1,9007199254740991],\"nested\":{\"a\":[true,null,{}],\"\":[]}}";

	/** The program in JavaScript. */
	protected abstract OtherProgram peer();

	/** Whose format it is. */
	protected abstract CookieFormat format();

	/** Ours, over the same store. */
	protected abstract SessionStorage.Builder storage(SessionCookie cookie);

	/** Whether the session is in the cookie. */
	protected abstract boolean isInCookie();

	private Browser browser(String... secrets) {
		SessionCookie cookie = SessionCookie.builder("__session").format(format()).signedWith(secrets).build();
		return new Browser(storage(cookie).build());
	}

	private Browser arriving(@Nullable String cookie, String... secrets) {
		Browser browser = browser(secrets);
		if (cookie != null) {
			browser.receive(cookie);
		}
		return browser;
	}

	@Test
	protected void whatThePeerWritesWeRead() {
		JsonNode values = JsonMapper.shared().readTree(VALUES);
		OtherProgram.Visit visit = peer().visit(null, SECRET);
		values.properties().forEach((each) -> visit.callJson("set", each.getKey(), each.getValue().toString()));
		Browser browser = arriving(visit.commit().cookie(), SECRET);
		browser.visit((session) -> {
			assertThat(session.isNew()).isFalse();
			assertThat(session.keys()).containsExactly("text", "numbers", "nested");
			values.properties().forEach((each) -> {
				Object value = session.get(each.getKey());
				assertThat(JsonMapper.shared()
					.valueToTree(value)
					.toString()
					.replace("-3E+21", "-3.0E21")
					.replace("1E-7", "1.0E-7")).isEqualTo(each.getValue().toString());
			});
		});
	}

	@Test
	protected void whatWeWriteThePeerReads() {
		Browser browser = browser(SECRET);
		browser.visit((session) -> {
			session.set("text", "\u017elu\u0165ou\u010dk\u00fd \ud83d\ude00 \"\\/;,=&%\u0001\u2028");
			session.set("half", "\ud83d");
			session.set("numbers", new Object[] { 0, -1L, 2.5, -3e21, 1e-7, 0.1f, 1.0, 9007199254740991L });
			session.set("b", Map.of("", true));
			session.set("10", "index");
			session.set("2", "index");
			session.set("", "no name");
			session.set("__proto__", Map.of("admin", true));
			session.set("long", "\u017e".repeat(isInCookie() ? 700 : 10_000));
		});
		JsonNode data = peer().visit(browser.header(), SECRET).call("data").send().result();
		JsonNode values = (format() == CookieFormat.REMIX) ? data.get(0) : data;
		assertThat(values.get("text").stringValue())
			.isEqualTo("\u017elu\u0165ou\u010dk\u00fd \ud83d\ude00 \"\\/;,=&%\u0001\u2028");
		assertThat(values.get("half").stringValue()).isEqualTo("\ud83d");
		assertThat(values.get("numbers").toString()).isEqualTo("[0,-1,2.5,-3.0E21,1.0E-7,0.1,1,9007199254740991]");
		assertThat(values.get("b").get("").booleanValue()).isTrue();
		assertThat(values.get("").stringValue()).isEqualTo("no name");
		assertThat(values.get("__proto__").get("admin").booleanValue()).isTrue();
		assertThat(values.get("long").stringValue()).hasSize(isInCookie() ? 700 : 10_000);
		assertThat(values.propertyNames()).startsWith("2", "10").hasSize(9);
	}

	@Test
	protected void bothChangeOneSession() {
		String cookie = peer().visit(null, SECRET)
			.call("set", "userId", "123")
			.call("set", "count", 1)
			.commit()
			.cookie();
		Browser browser = arriving(cookie, SECRET);
		browser.visit((session) -> {
			session.set("theme", "dark");
			session.unset("count");
		});
		OtherProgram.Answer answer = peer().visit(browser.header(), SECRET)
			.call("get", "userId")
			.call("get", "theme")
			.call("has", "count")
			.call("set", "cart", new int[] { 1, 2 })
			.commit();
		assertThat(answer.results().toString()).startsWith("[\"123\",\"dark\",false");
		browser = arriving(answer.cookie(), SECRET);
		assertThat(browser.ask(Session::data)).hasToString("{userId=123, theme=dark, cart=[1, 2]}");
	}

	@Test
	protected void aFlashOfThePeerIsReadOnceByUs() {
		String cookie = peer().visit(null, SECRET)
			.call("set", "userId", "123")
			.call("flash", "error", "no \ud83d\ude00")
			.commit()
			.cookie();
		Browser browser = arriving(cookie, SECRET);
		FlashKey<String> error = FlashKey.of("error", String.class);
		assertThat(browser.<@Nullable String>ask((session) -> session.get(error))).isEqualTo("no \ud83d\ude00");
		assertThat(browser.<@Nullable String>ask((session) -> session.get(error))).isNull();
		assertThat(peer().visit(browser.header(), SECRET).call("get", "error").send().result().isNull()).isTrue();
		assertThat(browser.get("userId")).isEqualTo("123");
	}

	@Test
	protected void aFlashOfOursIsReadOnceByThePeer() {
		Browser browser = browser(SECRET);
		browser.visit((session) -> {
			session.set("userId", "123");
			session.flash("error", "no \ud83d\ude00");
		});
		OtherProgram.Answer answer = peer().visit(browser.header(), SECRET).call("get", "error").commit();
		assertThat(answer.result().stringValue()).isEqualTo("no \ud83d\ude00");
		browser = arriving(answer.cookie(), SECRET);
		assertThat(browser.get("error")).isNull();
		assertThat(browser.get("userId")).isEqualTo("123");
		assertThat(peer().visit(browser.header(), SECRET).call("get", "error").send().result().isNull()).isTrue();
	}

	@Test
	protected void secretsRotateOnEitherSide() {
		String cookie = peer().visit(null, SECRET).call("set", "userId", "123").commit().cookie();
		Browser rotated = arriving(cookie, NEW_SECRET, SECRET);
		assertThat(rotated.get("userId")).isEqualTo("123");
		assertThat(peer().visit(rotated.header(), NEW_SECRET).call("get", "userId").send().result().stringValue())
			.isEqualTo("123");
		assertThat(peer().visit(rotated.header(), SECRET).call("get", "userId").send().result().isNull()).isTrue();
		Browser old = browser(SECRET);
		old.visit((session) -> session.set("userId", "124"));
		OtherProgram.Answer answer = peer().visit(old.header(), NEW_SECRET, SECRET)
			.call("get", "userId")
			.call("set", "a", 1)
			.commit();
		assertThat(answer.result().stringValue()).isEqualTo("124");
		assertThat(arriving(answer.cookie(), NEW_SECRET).get("userId")).isEqualTo("124");
	}

	@Test
	protected void whatWasTamperedWithIsAnonymousToBoth() {
		String cookie = peer().visit(null, SECRET).call("set", "userId", "123").commit().cookie();
		int dot = cookie.lastIndexOf('.');
		for (String tampered : new String[] { cookie.substring(0, dot - 6) + "AAAA" + cookie.substring(dot - 2),
				cookie.substring(0, dot + 1) + "A".repeat(43), cookie.substring(0, dot), cookie + "A" }) {
			assertThat(arriving(tampered, SECRET).hasSession()).isFalse();
			assertThat(peer().visit(tampered, SECRET).call("get", "userId").send().result().isNull()).isTrue();
		}
	}

	@Test
	protected void whatWeDestroyIsGoneForThePeer() {
		String cookie = peer().visit(null, SECRET).call("set", "userId", "123").commit().cookie();
		Browser browser = arriving(cookie, SECRET);
		assertThat(browser.visit(Session::destroy).isDeletion()).isTrue();
		assertThat(browser.header()).isNull();
		Assumptions.assumeFalse(isInCookie(), "A copy of a cookie that holds the session outlives it");
		assertThat(peer().visit(cookie, SECRET).call("get", "userId").send().result().isNull()).isTrue();
	}

	@Test
	protected void whatThePeerDestroysIsGoneForUs() {
		Browser browser = browser(SECRET);
		browser.visit((session) -> session.set("userId", "123"));
		String cookie = browser.header();
		assertThat(peer().visit(cookie, SECRET).call("destroy").send().cookie()).isNull();
		Assumptions.assumeFalse(isInCookie(), "A copy of a cookie that holds the session outlives it");
		assertThat(arriving(cookie, SECRET).hasSession()).isFalse();
	}

	@Test
	protected void aNewIdOfOursIsThePeersToo() {
		String cookie = peer().visit(null, SECRET).call("set", "cart", 1).commit().cookie();
		Browser browser = arriving(cookie, SECRET);
		browser.visit((session) -> {
			session.regenerateId();
			session.set("userId", "123");
		});
		JsonNode results = peer().visit(browser.header(), SECRET)
			.call("get", "userId")
			.call("get", "cart")
			.send()
			.results();
		assertThat(results).hasToString("[\"123\",1]");
		Assumptions.assumeFalse(isInCookie(), "A copy of a cookie that holds the session outlives it");
		assertThat(peer().visit(cookie, SECRET).call("get", "cart").send().result().isNull()).isTrue();
	}

	@Test
	protected void ourSealedCookieIsAnonymousToThePeer() {
		SessionCookie sealed = SessionCookie.builder("__session")
			.encryptedWith("a secret of our own, 32 bytes at least")
			.build();
		Browser browser = new Browser(SessionStorage.inCookie(sealed));
		browser.visit((session) -> session.set("userId", "123"));
		assertThat(peer().visit(browser.header(), "a secret of our own, 32 bytes at least")
			.call("get", "userId")
			.send()
			.result()
			.isNull()).isTrue();
	}

}
