package io.sessionkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.sessionkit.cookie.CookiePurpose;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.InteropVectors;
import io.sessionkit.cookie.InteropVectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions of React Router and Remix are read, and written byte for byte. */
class SharedSessionVectorTests {

	private static final String FLASH = "__flash_";

	@ParameterizedTest(name = "{0}")
	@MethodSource("sessions")
	void whatAPeerWroteIsASession(Vector vector) {
		Session session = storage(vector).getSession(vector.text("cookieName") + "=" + vector.value());
		Map<String, Object> values = new LinkedHashMap<>();
		Map<String, Object> flash = new LinkedHashMap<>();
		split(vector, values, flash);
		assertThat(session.isNew()).isFalse();
		assertThat(session.keys()).containsExactlyElementsOf(values.keySet());
		assertThat(session.flashKeys()).containsExactlyElementsOf(flash.keySet());
		values.forEach((name, value) -> assertThat(json(session.get(name))).isEqualTo(json(value)));
		flash.forEach((name, value) -> assertThat(json(session.get(name))).isEqualTo(json(value)));
		assertThat(session.flashKeys()).isEmpty();
		assertThat(session.id()).isEqualTo((vector.format() == CookieFormat.REMIX) ? id(vector) : "");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("sessions")
	void anUntouchedSessionIsWrittenBackByteForByte(Vector vector) {
		SessionStorage storage = storage(vector);
		Session session = storage.getSession(vector.text("cookieName") + "=" + vector.value());
		assertThat(commit(storage, session, vector)).isEqualTo(header(vector));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("sessions")
	void aSessionOfTheSameValuesIsWrittenByteForByte(Vector vector) {
		if ("dates-undefined-nan".equals(vector.text("name"))) {
			return; // its values are null, which a session of ours never sets
		}
		SessionStorage storage = storage(vector);
		Map<String, Object> values = new LinkedHashMap<>();
		Map<String, Object> flash = new LinkedHashMap<>();
		split(vector, values, flash);
		String before = (vector.format() == CookieFormat.REMIX) ? header(emptySession(vector)) : null;
		Session session = storage.getSession(before);
		values.forEach(session::set);
		flash.forEach(session::flash);
		assertThat(commit(storage, session, vector)).isEqualTo(header(vector));
	}

	/** At the time of the vector, and with the secret that signed it. */
	private static SessionStorage storage(Vector vector) {
		String signedWith = vector.text("signedWith");
		return SessionStorage
			.builder((signedWith != null) ? vector.cookie(List.of(signedWith, "another")) : vector.cookie())
			.absoluteTimeout(Duration.ofDays(1000))
			.clock(() -> Instant.parse("2030-01-02T03:04:05Z"))
			.build();
	}

	/** Of the same id, and empty. */
	private static String emptySession(Vector vector) {
		byte[] empty = ("{\"i\":\"" + id(vector) + "\",\"d\":[{},{}]}").getBytes(StandardCharsets.UTF_8);
		return vector.cookie().seal(CookiePurpose.SESSION, empty);
	}

	private static String header(String value) {
		return "__session=" + value;
	}

	private static String commit(SessionStorage storage, Session session, Vector vector) {
		CommitOptions options = CommitOptions.defaults();
		if (vector.expires() != null) {
			options = CommitOptions.expires(vector.expires());
		}
		else if (vector.commitOptions().has("maxAge")) {
			options = CommitOptions.maxAge(Duration.ofSeconds(vector.commitOptions().get("maxAge").longValue()));
		}
		return storage.commitSession(session, options);
	}

	private static String header(Vector vector) {
		return vector.header().replace("HttpOnly; Path=/; SameSite=Lax", "Path=/; SameSite=Lax");
	}

	private static void split(Vector vector, Map<String, Object> values, Map<String, Object> flash) {
		JsonNode plain = JsonMapper.shared().readTree(vector.text("plainValue"));
		if (vector.format() == CookieFormat.REMIX) {
			plain.get("d").get(0).properties().forEach((each) -> values.put(each.getKey(), plainly(each.getValue())));
			plain.get("d").get(1).properties().forEach((each) -> flash.put(each.getKey(), plainly(each.getValue())));
			return;
		}
		plain.properties().forEach((each) -> {
			String name = each.getKey();
			if (name.startsWith(FLASH)) {
				flash.put(name.substring(FLASH.length(), name.length() - 2), plainly(each.getValue()));
			}
			else {
				values.put(name, plainly(each.getValue()));
			}
		});
	}

	private static Object plainly(JsonNode node) {
		return JsonMapper.shared().convertValue(node, Object.class);
	}

	private static JsonNode json(Object value) {
		return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(value).replace("-3E+21", "-3.0E21"));
	}

	private static String id(Vector vector) {
		return JsonMapper.shared().readTree(vector.text("plainValue")).get("i").stringValue();
	}

	static Stream<Vector> sessions() {
		return InteropVectors.ofKind("cookieSessionStorage")
			.filter((vector) -> vector.text("setCookie") != null && !vector.text("plainValue").isEmpty()
					&& !vector.json().path("secrets").isEmpty());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("records")
	void aRecordOfAPeerIsReadAndWrittenByteForByte(String what, SessionFormat format, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		SessionDocument document = format.parse(bytes, 0, bytes.length);
		assertThat(document).as(what).isNotNull();
		assertThat(document.values()).containsKey("userId");
		assertThat(document.flash()).hasSize(1).containsKey("error");
		assertThat(format.toBytes(document)).isEqualTo(bytes);
	}

	static Stream<Object[]> records() {
		List<Object[]> records = InteropVectors.all()
			.stream()
			.filter((vector) -> vector.json().has("calls") || vector.text("fileContent") != null)
			.map(SharedSessionVectorTests::record)
			.toList();
		assertThat(records).hasSize(3);
		return records.stream();
	}

	private static Object[] record(Vector vector) {
		String text = vector.json().has("calls") ? vector.json().get("calls").get(1).get(3).stringValue()
				: vector.text("fileContent");
		if (vector.format() == CookieFormat.REACT_ROUTER) {
			text = text.substring("{\"data\":".length(), text.indexOf(",\"expires\""));
		}
		return new Object[] { vector.toString(), SessionFormat.of(vector.format(), null, null), text };
	}

	@Test
	void theForgedVectorIsAnAnonymousSession() {
		Vector tampered = InteropVectors.ofKind("cookieSessionStorage")
			.filter((vector) -> "tampered".equals(vector.text("name")))
			.findAny()
			.orElseThrow();
		Session session = SessionStorage.inCookie(tampered.cookie()).getSession(tampered.text("cookieHeader"));
		assertThat(session.isNew()).isTrue();
		assertThat(session.data()).isEmpty();
	}

	@Test
	void aDestroyedSessionIsDeletedAsThePeerDoesIt() {
		Vector destroy = InteropVectors.ofKind("cookieSessionStorage")
			.filter((vector) -> "destroy".equals(vector.text("name")))
			.findAny()
			.orElseThrow();
		SessionStorage storage = SessionStorage.inCookie(destroy.cookie());
		assertThat(storage.destroySession(storage.getSession(null))).isEqualTo(destroy.text("setCookie"));
	}

}
