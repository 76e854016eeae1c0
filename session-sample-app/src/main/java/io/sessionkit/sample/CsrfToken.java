package io.sessionkit.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * The token that proves that a form came from this shop. It is stored in the session and
 * created when the first form is rendered.
 */
final class CsrfToken {

	private static final SessionKey<String> KEY = SessionKey.of("csrf", String.class);

	private static final SecureRandom RANDOM = new SecureRandom();

	private CsrfToken() {
	}

	static String of(Session session) {
		return session.get(KEY, CsrfToken::random);
	}

	static @Nullable String existing(Session session) {
		return session.get(KEY);
	}

	static void renew(Session session) {
		session.set(KEY, random());
	}

	static boolean matches(Session session, @Nullable String candidate) {
		String token = existing(session);
		return token != null && candidate != null && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8),
				candidate.getBytes(StandardCharsets.UTF_8));
	}

	private static String random() {
		byte[] bytes = new byte[16];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
