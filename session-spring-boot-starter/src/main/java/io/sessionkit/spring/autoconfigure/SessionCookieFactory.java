package io.sessionkit.spring.autoconfigure;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The cookie as the properties describe it.
 */
final class SessionCookieFactory {

	private static final String SECRETS = "sessionkit.cookie.secrets";

	private static final String NAME = "sessionkit.cookie.name";

	/** Asks for one, as for a variable that may be missing. */
	private static final String RANDOM = "random";

	private static final int SECRET_BYTES = 32;

	private static final Logger logger = LoggerFactory.getLogger(SessionCookieFactory.class);

	private final SessionKitProperties.Cookie properties;

	private final String name;

	private final CookieFormat format;

	private final Environment environment;

	private final String contextPath;

	private final boolean slice;

	/**
	 * Prepares it.
	 * @param contextPath where the application is on its host; empty for all of it
	 * @param slice whether this is a slice in a test, where any secret will do
	 */
	SessionCookieFactory(SessionKitProperties properties, Environment environment, String contextPath, boolean slice) {
		this.contextPath = contextPath;
		this.properties = properties.cookie();
		this.name = properties.cookieName(contextPath);
		this.format = properties.format();
		this.environment = environment;
		this.slice = slice;
	}

	/**
	 * Builds the cookie.
	 * @param holdsSession whether it is to hold the session itself, and so is encrypted,
	 * unless a peer is to read it
	 */
	SessionCookie create(boolean holdsSession) {
		SessionCookie.Builder cookie = SessionCookie.builder(this.name)
			.path(this.properties.pathOr(this.contextPath))
			.sameSite(this.properties.sameSite())
			.secure(this.properties.secure())
			.httpOnly(this.properties.httpOnly())
			.partitioned(this.properties.partitioned());
		if (this.properties.domain() != null) {
			cookie.domain(this.properties.domain());
		}
		if (this.properties.maxAge() != null) {
			cookie.maxAge(this.properties.maxAge());
		}
		warnOfNeighbours();
		List<String> secrets = secrets();
		boolean encrypted = holdsSession && this.format == CookieFormat.DEFAULT;
		return (encrypted ? cookie.encryptedWith(secrets) : cookie.signedWith(secrets).format(this.format)).build();
	}

	private void warnOfNeighbours() {
		if (!this.contextPath.isEmpty() && "/".equals(this.properties.path())
				&& !this.environment.containsProperty(NAME)) {
			logger.warn("sessionkit.cookie.path is /, and this application is at {}: another application on this host "
					+ "that has a cookie of the same name and path ends its sessions. Set {} to a name of its own, or "
					+ "leave the path out.", this.contextPath, NAME);
		}
	}

	private List<String> secrets() {
		List<String> secrets = this.properties.secrets().stream().map(String::strip).toList();
		if (this.slice && (secrets.isEmpty() || secrets.stream().anyMatch(SessionCookieFactory::isMissing))) {
			return List.of(random());
		}
		boolean random = secrets.equals(List.of(RANDOM));
		if (!secrets.isEmpty() && !random) {
			warnOfWhiteSpace(secrets);
			return secrets;
		}
		if (secrets.isEmpty() && this.environment.containsProperty(SECRETS)) {
			return List.of(""); // set to nothing, which the cookie refuses as blank
		}
		String missing = SECRETS + (random ? " is 'random'" : " is not set");
		if (this.format != CookieFormat.DEFAULT) {
			throw new SessionKitConfigurationException(SECRETS,
					missing + ", and the sessions are shared with " + this.format.peer()
							+ ", which has to have the same secret",
					"Set it to the secrets of the other side, in the same order.");
		}
		CloudPlatform platform = CloudPlatform.getActive(this.environment);
		if (platform != null) {
			throw new SessionKitConfigurationException(SECRETS,
					missing + ", and this is " + platform
							+ ", where each instance would make a secret of its own and refuse the others' sessions",
					"Set it for all instances to the output of: openssl rand -base64 32");
		}
		String kept = DevtoolsRestarts.keep(SECRETS,
				() -> random(missing, "which restarts by spring-boot-devtools keep, so "));
		return List.of((kept != null) ? kept : random(missing, "so "));
	}

	private static String random(String missing, String consequence) {
		logger.warn("{}: a random secret was made, {}all sessions end with this process. For anything but "
				+ "development set it to the output of: openssl rand -base64 32", missing, consequence);
		return random();
	}

	/** What a test that is run without the variables of the application has. */
	private static boolean isMissing(String secret) {
		return secret.isBlank() || secret.contains("${") || secret.equals(RANDOM);
	}

	private static String random() {
		byte[] secret = new byte[SECRET_BYTES];
		new SecureRandom().nextBytes(secret);
		return Base64.getEncoder().encodeToString(secret);
	}

	/** Spring has dropped it already where the secrets are not a list. */
	private void warnOfWhiteSpace(List<String> secrets) {
		if (this.format == CookieFormat.DEFAULT) {
			return;
		}
		String text = Binder.get(this.environment).bind(SECRETS, String.class).orElse(null);
		if (!secrets.equals(this.properties.secrets()) || (text != null && !text.strip().equals(text))) {
			logger.warn(
					"A secret of {} has white space around it, such as the newline at the end of a file, which is "
							+ "dropped here. Drop it in {} too, which would sign with it.",
					SECRETS, this.format.peer());
		}
	}

}
