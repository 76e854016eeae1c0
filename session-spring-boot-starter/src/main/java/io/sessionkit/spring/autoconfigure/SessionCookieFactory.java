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
 * Creates the cookie from the properties.
 */
final class SessionCookieFactory {

	private static final String SECRETS = "sessionkit.cookie.secrets";

	private static final String NAME = "sessionkit.cookie.name";

	/**
	 * The value that requests a random secret, for use as the default of a variable that
	 * may be missing.
	 */
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
	 * Prepares the cookie.
	 * @param contextPath the context path of the application; empty for the root
	 * @param slice whether this is a test slice, in which any secret is sufficient
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
	 * @param holdsSession whether the cookie holds the session itself. It is then
	 * encrypted, unless another program is to read it
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
			logger.warn("sessionkit.cookie.path is /, but the context path of this application is {}. Another "
					+ "application on this host with a cookie of the same name and path overwrites its sessions. Set "
					+ "{} to a unique name, or remove the path.", this.contextPath, NAME);
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
			return List.of(""); // set to an empty value, which the cookie refuses
		}
		String missing = SECRETS + (random ? " is 'random'" : " is not set");
		if (this.format != CookieFormat.DEFAULT) {
			throw new SessionKitConfigurationException(SECRETS,
					missing + ", but the sessions are shared with " + this.format.peer()
							+ ", which needs the same secret",
					"Set it to the secrets of the other program, in the same order.");
		}
		CloudPlatform platform = CloudPlatform.getActive(this.environment);
		if (platform != null) {
			throw new SessionKitConfigurationException(SECRETS, missing + ", and the application runs on " + platform
					+ ", where each instance would use a different secret and refuse the sessions of the others",
					"Set it to the same value for all instances. To generate one: openssl rand -base64 32");
		}
		String kept = DevtoolsRestarts.keep(SECRETS,
				() -> random(missing, "which is kept when spring-boot-devtools restarts the application, so "));
		return List.of((kept != null) ? kept : random(missing, "so "));
	}

	private static String random(String missing, String consequence) {
		logger.warn("{}. A random secret was generated, {}all sessions end with this process. Except for "
				+ "development, set a secret. To generate one: openssl rand -base64 32", missing, consequence);
		return random();
	}

	/**
	 * Whether a secret is missing, as in a test that runs without the environment
	 * variables of the application.
	 */
	private static boolean isMissing(String secret) {
		return secret.isBlank() || secret.contains("${") || secret.equals(RANDOM);
	}

	private static String random() {
		byte[] secret = new byte[SECRET_BYTES];
		new SecureRandom().nextBytes(secret);
		return Base64.getEncoder().encodeToString(secret);
	}

	/** Spring has already removed the white space if the secrets are not a list. */
	private void warnOfWhiteSpace(List<String> secrets) {
		if (this.format == CookieFormat.DEFAULT) {
			return;
		}
		String text = Binder.get(this.environment).bind(SECRETS, String.class).orElse(null);
		if (!secrets.equals(this.properties.secrets()) || (text != null && !text.strip().equals(text))) {
			logger.warn(
					"A secret of {} is surrounded by white space, such as the newline at the end of a file, which is "
							+ "ignored. Remove it in {} too, which would use it for signing.",
					SECRETS, this.format.peer());
		}
	}

}
